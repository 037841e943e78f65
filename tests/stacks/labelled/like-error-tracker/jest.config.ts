export default { verbose: false };
