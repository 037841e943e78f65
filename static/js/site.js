// The scripts of every page, each of which works without them.
import "./comparison.js";
import "./filters.js";
import "./search.js";
