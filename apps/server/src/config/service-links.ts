/**
 * Whether Kubernetes has set a variable: it puts some about every Service into its pods, and those of one called "parley"
 * or "rtcd" begin like those of the configuration.
 */
export function isServiceLink(name: string, text: string): boolean {
  return (
    /_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$/.test(name) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
    /^(tcp|udp|sctp):\/\//.test(text)
  );
}
