// The scripts of pages for members, each of which works without them.
import "./in-place.js";
import "./passkeys.js";
import "./writing.js";
import "./picking.js";
