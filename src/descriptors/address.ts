/**
 * An address of /proc/net/tcp and its like: `0100007F:1F90` is 127.0.0.1:8080, groups of 32 bits in
 * host order, port in hexadecimal. IPv6 comes in brackets, IPv4 inside IPv6 as IPv4.
 */
export function socketAddress(text: string): string {
  const [host = '', port = '0'] = text.split(':');
  const groups = host.match(/.{8}/g) ?? [];
  const bytes = groups.flatMap((group) => (group.match(/../g) ?? []).reverse());
  return `${hostOf(bytes)}:${Number.parseInt(port, 16)}`;
}

function hostOf(bytes: readonly string[]): string {
  const hex = bytes.join('').toLowerCase();
  if (bytes.length === 4) return dotted(bytes);
  if (hex.startsWith('00000000000000000000ffff')) return dotted(bytes.slice(12));
  const words = (hex.match(/.{4}/g) ?? []).map((word) => word.replace(/^0{1,3}/, ''));
  return `[${shorten(words.join(':'))}]`;
}

function dotted(bytes: readonly string[]): string {
  return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
}

/** The longest run of zeroes becomes `::`, RFC 5952. */
function shorten(address: string): string {
  const runs = address.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  if (!longest) return address;
  const at = address.indexOf(longest);
  return `${address.slice(0, at)}::${address.slice(at + longest.length).replace(/^:/, '')}`;
}
