export default { content: [] };
