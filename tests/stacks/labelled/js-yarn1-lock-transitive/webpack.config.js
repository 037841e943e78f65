const path = require("path");

module.exports = {
  entry: "./src/index.jsx",
  output: { path: path.resolve(__dirname, "dist") },
  module: { rules: [{ test: /\.jsx?$/, use: "babel-loader" }] },
};
