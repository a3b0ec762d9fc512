/** Variables of Mattermost's rtcd, and Parley's own that they stand for. */
const ALIASES: readonly (readonly [alias: string, name: string])[] = [
  ['RTCD_RTC_ICEPORTUDP', 'PARLEY_MEDIA_PORT'],
  ['RTCD_RTC_ICEHOSTOVERRIDE', 'PARLEY_MEDIA_HOST_OVERRIDE'],
  ['RTCD_RTC_ICEHOSTPORTOVERRIDE', 'PARLEY_MEDIA_PORT_OVERRIDE'],
];

/**
 * Which of Parley's variables are given by another name. One that is empty says nothing, as with rtcd; Parley's own wins.
 *
 * Answers the alias by Parley's name, and a sentence for the log about each.
 */
export function rtcdAliases(environment: NodeJS.ProcessEnv): {
  used: Map<string, string>;
  warnings: string[];
} {
  const used = new Map<string, string>();
  const warnings: string[] = [];
  for (const [alias, name] of ALIASES) {
    if ((environment[alias] ?? '').trim() === '') continue;
    if (environment[name] === undefined) {
      used.set(name, alias);
      warnings.push(`${alias} is taken for ${name}: use that name`);
    } else {
      warnings.push(`${alias} is ignored, as ${name} is set: remove it`);
    }
  }
  return { used, warnings };
}
