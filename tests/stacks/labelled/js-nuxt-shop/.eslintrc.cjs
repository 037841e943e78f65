module.exports = { root: true, extends: ["@nuxt/eslint-config"] };
