module.exports = { transpilePackages: ["@acme/ui"] };
