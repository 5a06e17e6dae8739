import { BlockList, isIP } from 'node:net';

/** An address alone, or with the port from which it came. */
const WITH_PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::([0-9]{1,5}))?$/;

const MAPPED = /^::ffff:([0-9.]+)$/i;

/** Stands for an address that nobody knows: what holds for some addresses alone is not for it. */
export const UNKNOWN = '::';

/**
 * Says from where a request comes: from its peer, or where that is a proxy which the host trusts, from whom that has it from.
 *
 * @param trustedProxies addresses and blocks (`10.0.0.0/8`)
 */
export function clientAddress(trustedProxies) {
  const trusted = blocks(trustedProxies);
  return (peer, forwardedFor) => {
    let address = plain(peer);
    const hops = forwardedFor === undefined ? [] : String(forwardedFor).split(',');
    while (address !== UNKNOWN && hops.length > 0 && isIn(trusted, address)) address = hop(hops.pop().trim());
    return address;
  };
}

function blocks(networks) {
  const list = new BlockList();
  for (const network of networks) {
    const [address, length, more] = network.split('/');
    const family = isIP(address);
    const bits = family === 4 ? 32 : 128;
    const size = length === undefined ? bits : Number(length);
    if (family === 0 || more !== undefined || !/^[0-9]+$/.test(length ?? '0') || size > bits) {
      throw new TypeError(`trustedProxies: ${network} is no address and no block`);
    }
    list.addSubnet(address, size, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

function isIn(list, address) {
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** What cannot be read makes the address unknown, whatever stands before it. */
function hop(entry) {
  if (isIP(entry)) return plain(entry);
  const [, bracketed, other, port] = WITH_PORT.exec(entry) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return UNKNOWN;
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? plain(bracketed) : UNKNOWN;
  return plain(other);
}

/** One of IPv4 is written as such, and a zone means nothing elsewhere. */
function plain(address) {
  const text = address?.split('%', 1)[0] ?? '';
  const family = isIP(text);
  if (family === 0) return UNKNOWN;
  return family === 6 ? (MAPPED.exec(text)?.[1] ?? text) : text;
}
