/** Flags of a route (linux/route.h): it can be used; it leads nowhere. */
const UP = 0x0001;
const REJECT = 0x0200;

interface Route {
  name: string;
  metric: number;
}

/**
 * Interfaces that packets to the rest of the world leave by, the preferred one of each protocol first.
 *
 * @param ipv4 What `/proc/net/route` says; empty where there is no such file.
 * @param ipv6 What `/proc/net/ipv6_route` says, likewise.
 */
export function defaultInterfaces(ipv4: string, ipv6: string): string[] {
  const routes = [...byMetric(linesOf(ipv4).map(ipv4Route)), ...byMetric(linesOf(ipv6).map(ipv6Route))];
  return [...new Set(routes.map(({ name }) => name))];
}

/** `name destination gateway flags references use metric mask …`, addresses in hexadecimal. */
function ipv4Route([name, destination, , flags, , , metric, mask]: readonly string[]): Route | undefined {
  const isDefault = destination === '00000000' && mask === '00000000';
  return isDefault ? usable(name, flags, Number(metric)) : undefined;
}

/** `destination length source length gateway metric references use flags name`, all in hexadecimal. */
function ipv6Route(fields: readonly string[]): Route | undefined {
  const [destination = '', length, , , , metric = '', , , flags, name] = fields;
  const isDefault = /^0{32}$/.test(destination) && length === '00';
  return isDefault ? usable(name, flags, Number.parseInt(metric, 16)) : undefined;
}

function usable(name: string | undefined, flags = '', metric: number): Route | undefined {
  const bits = Number.parseInt(flags, 16);
  const leads = (bits & UP) !== 0 && (bits & REJECT) === 0;
  return name !== undefined && name !== 'lo' && leads && Number.isFinite(metric)
    ? { name, metric }
    : undefined;
}

function linesOf(text: string): string[][] {
  return text.split('\n').map((line) => line.trim().split(/\s+/));
}

function byMetric(routes: readonly (Route | undefined)[]): Route[] {
  return routes.filter((route) => route !== undefined).sort((one, other) => one.metric - other.metric);
}
