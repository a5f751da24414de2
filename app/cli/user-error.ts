/** Something that the person at the command line can put right: printed as one sentence, exit code 1. */
export class UserError extends Error {
  override readonly name = "UserError";
}

const SENTENCES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no file or folder "${path}".`,
  EACCES: (path) => `"${path}" may not be read or written by this user.`,
  EPERM: (path) => `"${path}" may not be read or written by this user.`,
  EISDIR: (path) => `"${path}" is a folder where a file is needed.`,
  ENOTDIR: (path) => `"${path}" lies under something that is not a folder.`,
  EEXIST: (path) => `"${path}" is a file where a folder is needed.`,
  ENOSPC: (path) => `The disk is full: "${path}" could not be written.`,
  EDQUOT: (path) => `The disk quota is used up: "${path}" could not be written.`,
  EFBIG: (path) => `"${path}" grew larger than this file system allows.`,
  EROFS: (path) => `"${path}" is on a disk that cannot be written to.`,
  EIO: (path) => `The disk failed while "${path}" was read or written.`,
  EMFILE: (path) => `Too many files are open to open "${path}".`,
  Z_DATA_ERROR: (path) => `"${path}" is a broken gzip file.`,
  Z_BUF_ERROR: (path) => `"${path}" is a gzip file that ends too early.`,
};

/** The sentence for an error of the file system or of gzip about `path`; any other error is given back as it is. */
export function fileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const sentence = SENTENCES[code];
  return sentence === undefined ? error : new UserError(sentence(path), { cause: error });
}

/** Runs a command: a {@link UserError} becomes one line on standard error and exit code 1; a bug keeps its stack. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(process.exitCode ?? 0);
  });
  try {
    await command();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof UserError ? error.message : String((error as Error)?.stack ?? error)}\n`);
  }
}
