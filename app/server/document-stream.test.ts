import { text } from "node:stream/consumers";
import { createElement } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { documentStream } from "./document-stream.server.ts";

const SENTENCE = "よく一緒に購入される商品を、注文データから見つけます。";

test("keeps every character of a long Japanese page, wherever React's buffers end", async () => {
  for (let shift = 0; shift < 4; shift++) {
    const page = createElement(
      "main",
      null,
      "x".repeat(shift),
      Array.from({ length: 300 }, (_, line) => createElement("p", { key: line }, SENTENCE)),
    );
    const stream = documentStream();
    renderToPipeableStream(page).pipe(stream);
    expect(await text(stream)).toBe(renderToString(page));
  }
});
