/** The words that a shell may offer: the commands, and the flags of each with the words that they take. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly { readonly name: string; readonly words: readonly string[] }[];
  /** The words that the command itself takes, where it is one of a few words. */
  readonly words: readonly string[];
}

/** The scripts that shells load. Nothing of it is run while somebody types: it is a list of words. */
export const shells = { bash, zsh, fish } as const satisfies Record<
  string,
  (commands: readonly Completable[]) => string
>;

function bash(commands: readonly Completable[]): string {
  const choices = commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) =>
      flag.words.length === 0 ? [] : [`    "${name} ${flag.name}") words="${flag.words.join(" ")}" ;;`],
    ),
  );
  return [
    "_plainsight() {",
    `  local words="" command="\${COMP_WORDS[1]}" before="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  case "$command" in',
    ...commands.map(
      ({ name, flags, words }) => `    ${name}) words="${[...words, ...flags.map((flag) => flag.name)].join(" ")}" ;;`,
    ),
    "  esac",
    '  case "$command $before" in',
    ...choices,
    "  esac",
    `  [ "$COMP_CWORD" = 1 ] && words="${commands.map(({ name }) => name).join(" ")} --help --version"`,
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    "}",
    "complete -o default -F _plainsight plainsight",
    "",
  ].join("\n");
}

/** zsh reads bash's completions, when told to. */
function zsh(commands: readonly Completable[]): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
}

function fish(commands: readonly Completable[]): string {
  const text = (words: string) => `'${words.replace(/['\\]/g, "\\$&")}'`;
  return commands
    .flatMap(({ name, summary, flags, words }) => [
      `complete -c plainsight -n __fish_use_subcommand -a ${name} -d ${text(summary)}`,
      ...(words.length === 0
        ? []
        : [`complete -c plainsight -n '__fish_seen_subcommand_from ${name}' -xa ${text(words.join(" "))}`]),
      ...flags.map((flag) => {
        const takes = flag.words.length === 0 ? "" : ` -xa ${text(flag.words.join(" "))}`;
        return `complete -c plainsight -n '__fish_seen_subcommand_from ${name}' -l ${flag.name.slice(2)}${takes}`;
      }),
      "",
    ])
    .join("\n");
}
