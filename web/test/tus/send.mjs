// Sends one file with tus-js-client, an independent client of the protocol, and prints what came of it as a line of JSON. Started by
// app/apptest/ingest; RIS_UPLOAD is {url, cookie, file, paper, name, piece}: piece in bytes, 0 = all in one request.
import { createReadStream } from "node:fs";
import { Upload } from "tus-js-client";

const { url, cookie, file, paper, name, piece } = JSON.parse(process.env.RIS_UPLOAD);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
let tries = 0;

const upload = new Upload(createReadStream(file), {
  endpoint: `${url}/api/v1/uploads`,
  headers: { Cookie: cookie },
  metadata: { paper, filename: name, role: "auxiliary" },
  chunkSize: piece || Number.POSITIVE_INFINITY,
  retryDelays: Array.from({ length: 500 }, () => 200),
  onShouldRetry: () => {
    tries++;
    return true;
  },
  onProgress: (sent) => say({ sent }),
  onError: (error) => {
    say({ error: String(error), tries });
    process.exit(1);
  },
  onSuccess: ({ lastResponse }) => {
    say({ result: lastResponse.getHeader("Upload-Result") ?? "", tries });
    process.exit(0);
  },
});
upload.start();
