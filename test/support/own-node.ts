const { PATH = '', NODE_COMPILE_CACHE } = process.env;

/** What another process of ours needs of this one's environment: where to find programs, and what is compiled already. */
export const OWN_NODE: Readonly<Record<string, string>> = {
  PATH,
  ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
};
