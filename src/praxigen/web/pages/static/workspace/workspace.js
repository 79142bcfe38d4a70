// What every page shares. Each feature has its own file; pages work without any of them.
"use strict";
