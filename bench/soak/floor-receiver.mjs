// What nobody can be cheaper than: the body is read and parsed, and nothing is done with it.
import { createServer } from "node:http";

const server = createServer((incoming, outgoing) => {
  const chunks = [];
  incoming
    .on("data", (chunk) => chunks.push(chunk))
    .on("end", () => {
      JSON.parse(Buffer.concat(chunks).toString());
      outgoing.writeHead(204).end();
    });
});
server.listen(0, "127.0.0.1", () => console.log(`listens on http://127.0.0.1:${server.address().port}`));
