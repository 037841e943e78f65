// All of the scripts: every page works without them.
import "./comparison.js";
import "./filters.js";
import "./passkeys.js";
import "./in-place.js";
import "./search.js";
import "./writing.js";
