import { expect, test } from 'vitest';
import { knownCause, REMEDIES } from '../../src/criu/remedies.js';

/** Lines of CRIU 4.2 for each cause; test/integration/criu-remedies.test.ts provokes them. */
const LINES: Record<string, readonly string[]> = {
  'tcp-established': [
    'Error (criu/sk-inet.c:200): inet: Connected TCP socket, consider using --tcp-established option.',
    ' 12: Error (criu/sk-inet.c:912): inet: Connected TCP socket in image',
  ],
  'iptables-missing': [
    'Error (criu/netfilter.c:105): Iptables configuration failed',
    'Error (criu/net.c:3332): net: Locking network failed: iptables-restore returned 127. This may',
  ],
  'nftables-missing': [
    'Error (criu/netfilter.c:226): Locking network failed using nftables',
    'Error (criu/netfilter.c:276): Locking connection failed using nftables',
    'Error (criu/netfilter.c:282): CRIU was built without libnftables support',
  ],
  'unix-half': [
    "Error (criu/sk-unix.c:881): unix: Can't dump half of stream unix connection. name: (null); peer name: (null)",
  ],
  'unix-external': [
    'Error (criu/sk-unix.c:874): unix: External socket is used. Consider using --ext-unix-sk option.',
    'Error (criu/sk-unix.c:1912): unix: External socket found in image. Consider using the --ext-unix-sk',
  ],
  'file-locks': [
    'Error (criu/file-lock.c:110): Some file locks are hold by dumping tasks! You can try --file-locks to dump them.',
  ],
  'ghost-limit': [
    "Error (criu/files-reg.c:1031): Can't dump ghost file /tmp/gone of 3145728 size, increase limit",
  ],
  'link-remap': [
    "Error (criu/files-reg.c:1122): Can't create link remap for /tmp/l1. Use link-remap option.",
  ],
  'shell-job': [
    'Error (criu/pstree.c:304): The root process 25651 is not a session leader. Consider using --shell-job option',
    'Error (criu/cr-dump.c:1681): A session leader of 7(7) is outside of its pid namespace',
  ],
  terminal: [
    'Error (criu/tty.c:410): tty: Found slave peer index 0 without correspond master peer',
  ],
  'external-file': ["Error (criu/files-reg.c:1790): Can't lookup mount=24 for fd=1 path=/dev/null"],
  'file-size': [' 9: Error (criu/files-reg.c:2175): File tmp/out has bad size 2 (expect 0)'],
  'file-mode': [
    ' 9: Error (criu/files-reg.c:2294): File tmp/out has bad mode 0100600 (expect 0100644)',
  ],
  'file-build-id': [' 9: Error (criu/files-reg.c:2153): File tmp/perl has bad build-ID'],
  'file-missing': [
    " 9: Error (criu/files-reg.c:2353): Can't open file tmp/out on restore: No such file or directory",
  ],
  'io-uring': ['pie: 27497: Error (criu/pie/parasite.c:588): send_fds failed (-22)'],
  device: ["Error (criu/files-ext.c:94): Can't dump file 3 of that type [20600] (chr 10:229)"],
  traced: [
    'Warn  (compel/src/lib/infect.c:132): Unable to interrupt task: 27742 (Operation not permitted)',
  ],
  'no-process': [
    'Warn  (compel/src/lib/infect.c:132): Unable to interrupt task: 4194000 (No such process)',
  ],
  'pid-taken': [
    "Error (criu/cr-restore.c:1237): Can't fork for 25696: File exists",
    'Error (criu/cr-restore.c:1539): Pid 7 do not match expected 8',
  ],
  'no-image': ['Error (criu/protobuf.c:72): Unexpected EOF on (empty-image)'],
  'page-server-unreachable': ["(00.068236) Can't connect to server 127.0.0.1:1"],
  tls: [
    'Error (criu/tls.c:241): tls: TLS handshake failed: An unexpected TLS packet was received.',
    'Error (criu/tls.c:302): tls: Failed to set certificate/private key pair: Error while reading file.',
    'Error (criu/tls.c:222): tls: Unable to verify TLS peer: x',
    'Error (criu/tls.c:227): tls: Invalid certificate',
  ],
};

test('every cause has lines here', () => {
  expect(REMEDIES.map(({ cause }) => cause)).toEqual(Object.keys(LINES));
});

test.each(REMEDIES)('$cause is known by its lines, in the midst of others', ({ cause, remedy }) => {
  for (const line of LINES[cause] ?? []) {
    const log = [
      "Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self: Operation not permitted",
      'Error (criu/util.c:657): exited, status=127',
      line,
      'Error (criu/cr-dump.c:1975): Dumping FAILED.',
    ].join('\n');
    expect(knownCause(log)?.remedy).toBe(remedy);
  }
});

test.each([
  ['Error (criu/tls.c:227): tls: Invalid certificate', 'tls.c:227: tls: Invalid certificate'],
  ["(00.068236) Can't connect to server 127.0.0.1:1", "Can't connect to server 127.0.0.1:1"],
  [
    '(00.1)  12: Warn  (compel/src/lib/infect.c:132): Unable to interrupt task: 7 (No such process)',
    'infect.c:132: Unable to interrupt task: 7 (No such process)',
  ],
])('%s is told as %s', (line, told) => {
  expect(knownCause(line)?.line).toBe(told);
});

test('what is not known has no remedy', () => {
  expect(knownCause('Error (criu/x.c:1): something else\n')).toBeUndefined();
  expect(knownCause('')).toBeUndefined();
});
