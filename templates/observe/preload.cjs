// Loaded before the program by `plainsight observe`, in every Node process that it starts: notes which connections are opened, and by which package.
"use strict";
const { appendFileSync } = require("node:fs");
const net = require("node:net");
const dgram = require("node:dgram");

const file = process.env.PLAINSIGHT_OBSERVE;

/** The package that opened it: the outermost of node_modules on the stack, since it's the one that the program chose. */
function packageOf(stack) {
  const folders = [...stack.matchAll(/[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/g)];
  return folders.at(-1)?.[1]?.replaceAll("\\", "/");
}

function note(entry) {
  try {
    appendFileSync(file, `${JSON.stringify({ pid: process.pid, program: process.argv[1], ...entry })}\n`);
  } catch {
    // Whoever watches never disturbs what is watched.
  }
}

function stackHere() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack;
}

if (file) {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    const first = Array.isArray(args[0]) ? args[0][0] : args[0];
    const options = typeof first === "object" && first !== null ? first : { port: first, host: args[1] };
    // A path is a socket of this machine's file system.
    if (!options.path && Number(options.port) > 0) {
      const host = typeof options.host === "string" ? options.host : "localhost";
      const opened = { host, port: Number(options.port), package: packageOf(stackHere()) };
      note(opened);
      // A name may stand for several addresses, which are tried in turn.
      this.on("lookup", (_, address) => typeof address === "string" && note({ ...opened, address }));
    }
    return connect.apply(this, args);
  };

  const { send, connect: connectDatagram } = dgram.Socket.prototype;
  dgram.Socket.prototype.send = function (...args) {
    const at = args.findIndex((one, index) => index > 0 && typeof one === "string");
    if (at > 1) note({ host: args[at], port: Number(args[at - 1]), package: packageOf(stackHere()), datagram: true });
    return send.apply(this, args);
  };
  dgram.Socket.prototype.connect = function (port, host, ...rest) {
    note({
      host: typeof host === "string" ? host : "localhost",
      port: Number(port),
      package: packageOf(stackHere()),
      datagram: true,
    });
    return connectDatagram.call(this, port, host, ...rest);
  };
}
