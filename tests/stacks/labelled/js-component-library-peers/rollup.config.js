export default { input: "src/index.ts", output: { dir: "dist" } };
