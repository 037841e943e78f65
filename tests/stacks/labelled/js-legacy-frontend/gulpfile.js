const gulp = require("gulp");
gulp.task("default", (done) => done());
