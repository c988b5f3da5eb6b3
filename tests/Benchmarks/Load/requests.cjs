// Loaded into the storage emulator: one line for every request that it has answered.
'use strict';
const fs = require('node:fs');
const http = require('node:http');

const path = process.env.RADIOMICS_REQUEST_LOG;
if (path) {
  let file;
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (event, request, response) {
    if (event === 'request') {
      const { socket, method, url, headers } = request;
      const written = socket.bytesWritten;
      response.on('finish', () => {
        file ??= fs.openSync(path, 'a');
        const line = [Date.now(), socket.localPort ?? this.address()?.port, method, response.statusCode, headers['content-length'] ?? 0, socket.bytesWritten - written, headers['user-agent'] ?? '', url];
        fs.writeSync(file, `${line.join('\t')}\n`);
      });
    }
    return emit.apply(this, arguments);
  };
}
