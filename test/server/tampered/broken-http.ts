/** Bytes that are no proper HTTP, and with which statuses they may be refused. A null stands for an ended connection. */
export function brokenHttp(): { what: string; bytes: string; statuses: readonly (number | null)[] }[] {
  const head = (first: string, ...lines: string[]) => `${[first, ...lines].join("\r\n")}\r\n\r\n`;
  const host = "Host: app.tsuide.test";
  const post = "POST /webhooks HTTP/1.1";
  const get = "GET /health HTTP/1.1";
  const cases: [string, string, (number | null)[]?][] = [
    ["no HTTP", "hello\r\n\r\n"],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["no version", head("GET /health", host)],
    ["version 9.9", head("GET /health HTTP/9.9", host), [400, 505]],
    ["a version of words", head("GET /health HTTP/x", host)],
    ["an unknown method", head("STEAL /health HTTP/1.1", host)],
    ["a method in small letters", head("get /health HTTP/1.1", host)],
    ["a space in the address", head("GET /he alth HTTP/1.1", host)],
    ["no host", head(get)],
    ["two hosts", head(get, host, "Host: evil.com"), [400]],
    ["a host with a path", head(get, "Host: evil.com/x")],
    ["a host with a space", head(get, "Host: evil .com")],
    ["a negative length", head(post, host, "Content-Length: -1")],
    ["a length of words", head(post, host, "Content-Length: much")],
    ["a length in hex", head(post, host, "Content-Length: 0x10")],
    ["two lengths", head(post, host, "Content-Length: 1", "Content-Length: 2") + "{}"],
    ["a length too great for a number", head(post, host, `Content-Length: ${"9".repeat(30)}`)],
    ["length and chunks", head(post, host, "Content-Length: 2", "Transfer-Encoding: chunked") + "0\r\n\r\n"],
    ["an unknown transfer encoding", head(post, host, "Transfer-Encoding: cow"), [400, 501]],
    ["chunks twice", head(post, host, "Transfer-Encoding: chunked, chunked"), [400]],
    ["a chunk of no size", head(post, host, "Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n"],
    ["a chunk longer than its size", head(post, host, "Transfer-Encoding: chunked") + "1\r\n{}{}\r\n0\r\n\r\n"],
    ["a header without a name", head(get, host, ": x")],
    ["a header without a colon", head(get, host, "nothing")],
    ["a space before a colon", head(get, host, "X-A : x")],
    ["a folded header", head(get, host, "X-A: x", " y")],
    ["a NUL in a header", head(get, host, "X-A: x\0y")],
    ["a bare line feed in a header", head(get, host, "X-A: x\ny")],
    ["20 kB of headers", head(get, host, `X-A: ${"x".repeat(20_000)}`), [431]],
    ["2,000 headers", head(get, host, ...Array.from({ length: 2_000 }, (_, n) => `X-${n}: abcdefgh`)), [431]],
    ["20 kB of address", head(`GET /${"x".repeat(20_000)} HTTP/1.1`, host), [431, 414]],
    ["an address without a slash", head("GET health HTTP/1.1", host)],
    ["a backslash", head("GET /\\evil.com HTTP/1.1", host)],
    ["a scheme of files", head("GET file:///etc/passwd HTTP/1.1", host)],
    ["CONNECT", head("CONNECT evil.com:443 HTTP/1.1", host), [400, 405, null]],
    ["HTTP/2 without having been asked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ];
  return cases.map(([what, bytes, statuses = [400]]) => ({ what, bytes, statuses }));
}
