// Serves a PDF in ranges to pdf.js and prints what it asked for until the first page could be drawn:
//   node first_page.mjs FILE  ->  {"requests":3,"bytes":163965,"size":2300000}
// Run by documents/pipeline's TestFirstPageTakesFewBytes.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

// pdf.js expects this of newer runtimes.
Promise.withResolvers ??= function withResolvers() {
  let resolve, reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};
const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const data = readFileSync(process.argv[2]);
let requests = 0;
let bytes = 0;
const server = createServer((request, response) => {
  requests++;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  const from = range ? Number(range[1]) : 0;
  const to = range?.[2] ? Math.min(Number(range[2]) + 1, data.length) : data.length;
  response.writeHead(range ? 206 : 200, {
    "Content-Type": "application/pdf",
    "Accept-Ranges": "bytes",
    "Content-Length": to - from,
    ...(range && { "Content-Range": `bytes ${from}-${to - 1}/${data.length}` }),
  });
  if (range) {
    bytes += to - from;
    response.end(data.subarray(from, to));
  } else {
    response.flushHeaders(); // pdf.js reads the head of the first answer, and goes on with ranges
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}/paper.pdf`;
const paper = await getDocument({ url, disableAutoFetch: true, disableStream: true, rangeChunkSize: 65536, verbosity: 0 }).promise;
const page = await paper.getPage(1);
await page.getOperatorList();
console.log(JSON.stringify({ requests, bytes, size: data.length }));
process.exit(0);
