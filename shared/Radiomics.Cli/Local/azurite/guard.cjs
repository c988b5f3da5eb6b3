// Loaded before Azurite and npm: ends them when their parent's end of standard input closes, however the parent died.
'use strict';
const { rmSync } = require('node:fs');

delete process.env.NODE_OPTIONS;
const temporary = process.env.RADIOMICS_TEMPORARY_FOLDER;
const end = () => {
  if (temporary) {
    try {
      rmSync(temporary, { recursive: true, force: true });
    } catch {
      // The operating system clears its temporary folder in time.
    }
  }

  process.exit(0);
};
process.stdin.on('end', end).on('close', end).on('error', end).resume();
