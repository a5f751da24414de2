/**
 * The files of this folder are read by two compilers: by TypeScript for the server, the previews and the dev store, and
 * by AssemblyScript for the discount Function. AssemblyScript has integers of 32 and of 8 bits; to TypeScript they are numbers.
 */
type i32 = number;
type u8 = number;
