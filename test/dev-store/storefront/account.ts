import type { StoreContext } from "../shop/state.ts";
import { type Customer, customerById, customersToChooseFrom, newcomer } from "./customers.ts";
import { asText, type Body, MalformedBody, readBody } from "./request-body.ts";
import { escapeHtml as e, html, redirect, safePath } from "./responses.ts";
import type { Locale, Visitor } from "./visitor.ts";

/** How many regulars, and how many customers of one order, one can log in as. */
const TO_CHOOSE_FROM = 6;
const TWO_WEEKS = 1_209_600;

const TEXTS = {
  en: {
    logIn: "Log in",
    logInNote: "This is a test store: choose whom to log in as. There are no passwords.",
    newcomer: "Has an account and has not ordered yet",
    orders: (count: number) => (count === 1 ? "1 order" : `${count} orders`),
    last: (day: string) => `last on ${day}`,
    account: "Your account",
    loggedInAs: "Logged in as",
    logOut: "Log out",
    back: "Back to the shop",
    number: "Customer number",
  },
  ja: {
    logIn: "ログイン",
    logInNote: "これはテストストアです。どのお客様としてログインするかを選んでください。パスワードはありません。",
    newcomer: "アカウントはあり、まだ注文はありません",
    orders: (count: number) => `注文${count}件`,
    last: (day: string) => `最終注文：${day}`,
    account: "アカウント",
    loggedInAs: "ログイン中：",
    logOut: "ログアウト",
    back: "ショップに戻る",
    number: "お客様番号",
  },
} satisfies Record<Locale, unknown>;

const STYLE = `body{font:16px/1.5 -apple-system,"Segoe UI","Hiragino Sans","Noto Sans CJK JP",sans-serif;margin:0;color:#222}
main{max-width:32rem;margin:0 auto;padding:2rem 1rem}h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:.5rem 0 1rem}
ul{list-style:none;margin:1rem 0;padding:0;display:grid;gap:.5rem}
button,input{font:inherit}ul button{width:100%;text-align:start;padding:.75rem 1rem;border:1px solid #bbb;border-radius:.5rem;background:#fff;cursor:pointer;display:grid}
button:hover{background:#f5f5f5}button:focus-visible,a:focus-visible,input:focus-visible{outline:2px solid #1773b0;outline-offset:2px}
small{color:#595959}form.number{display:flex;gap:.5rem;align-items:end;flex-wrap:wrap}label{display:grid;gap:.25rem}
.number input{padding:.6rem;border:1px solid #888;border-radius:.4rem;width:12rem}.plain{padding:.6rem 1.2rem;border:1px solid #888;border-radius:.4rem;background:#fff;cursor:pointer}`;

/**
 * Where shoppers log in and out, as at Shopify outside the theme: `/account`, `/account/login`, `/account/logout`.
 * Anyone may be anyone here; the cookie holds the customer's number. Null for other paths.
 */
export async function handleAccount(
  context: StoreContext,
  visitor: Visitor,
  request: Request,
): Promise<Response | null> {
  const url = new URL(request.url);
  const home = visitor.prefix || "/";
  if (visitor.path === "/account/logout") return redirect(home, loginCookie("", 0));
  if (visitor.path === "/account/login") {
    if (request.method !== "POST") return html(loginPage(context, visitor, url));
    return logIn(context, visitor, url, await formOf(request));
  }
  if (visitor.path !== "/account") return null;
  if (visitor.customerId === null) return redirect(`${visitor.prefix}/account/login`);
  return html(accountPage(visitor, customerById(context.shop, visitor.customerId)));
}

function logIn(context: StoreContext, visitor: Visitor, url: URL, form: Body): Response {
  const id = asText(form.customer_id) ?? "";
  if (!/^\d{1,20}$/.test(id)) return html(loginPage(context, visitor, url), 422);
  return redirect(safePath(asText(form.return_to), visitor.prefix || "/"), loginCookie(id, TWO_WEEKS));
}

/** What cannot be read chooses nobody. */
async function formOf(request: Request): Promise<Body> {
  try {
    return await readBody(request);
  } catch (error) {
    if (error instanceof MalformedBody) return {};
    throw error;
  }
}

function loginCookie(id: string, maxAge: number): Record<string, string> {
  return { "set-cookie": `customer=${id}; Path=/; Max-Age=${maxAge}; SameSite=Lax; HttpOnly` };
}

function page(visitor: Visitor, title: string, body: string): string {
  const home = visitor.prefix || "/";
  return `<!doctype html><html lang="${visitor.locale}"><head><meta charset="utf-8"><title>${e(title)}</title>
    <meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>
    <body><main><h1>${e(title)}</h1>${body}<p><a href="${e(home)}">${TEXTS[visitor.locale].back}</a></p></main></body></html>`;
}

function describe(visitor: Visitor, { orders, tags }: Customer): string {
  const texts = TEXTS[visitor.locale];
  const [last] = orders;
  if (last === undefined) return texts.newcomer;
  const day = new Intl.DateTimeFormat(visitor.locale, { dateStyle: "medium", timeZone: "UTC" }).format(
    last.processedAt,
  );
  return [texts.orders(orders.length), texts.last(day), ...tags].join(" · ");
}

function loginPage(context: StoreContext, visitor: Visitor, url: URL): string {
  const texts = TEXTS[visitor.locale];
  const action = `${visitor.prefix}/account/login`;
  const returnTo = `<input type="hidden" name="return_to" value="${e(safePath(url.searchParams.get("return_to"), visitor.prefix || "/"))}">`;
  const choices = [...customersToChooseFrom(context.shop, TO_CHOOSE_FROM), newcomer(context.shop)].map(
    (customer) => `<li><button name="customer_id" value="${customer.id}">
      <span>${e(customer.firstName)} ${e(customer.lastName)}</span><small>${e(describe(visitor, customer))}</small></button></li>`,
  );
  return page(
    visitor,
    texts.logIn,
    `<p>${texts.logInNote}</p>
    <form method="post" action="${action}">${returnTo}<ul>${choices.join("")}</ul></form>
    <form class="number" method="post" action="${action}">${returnTo}
      <label>${texts.number}<input name="customer_id" inputmode="numeric" pattern="[0-9]+" required></label>
      <button class="plain">${texts.logIn}</button></form>`,
  );
}

function accountPage(visitor: Visitor, customer: Customer): string {
  const texts = TEXTS[visitor.locale];
  return page(
    visitor,
    texts.account,
    `<p>${texts.loggedInAs} <strong>${e(customer.firstName)} ${e(customer.lastName)}</strong><br>
      <small>${texts.number} ${e(customer.id)} · ${e(describe(visitor, customer))}</small></p>
    <p><a href="${visitor.prefix}/account/logout">${texts.logOut}</a></p>`,
  );
}
