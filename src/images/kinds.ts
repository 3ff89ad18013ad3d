/** IMG_COMMON_MAGIC and IMG_SERVICE_MAGIC: what an image file starts with (criu/include/magic.h). */
export const COMMON_MAGIC = 0x54564319;
export const SERVICE_MAGIC = 0x55105940;

/** How many raw bytes follow a message: a number, all that is left, or more messages. */
export type ExtraOf = (message: Readonly<Record<string, unknown>>) => number | 'rest';

/** What the files of one name hold. */
export interface ImageKind {
  /** Of the whole file name. */
  readonly name: RegExp;
  /** The number after the first one; inventory.img alone starts with its own. */
  readonly magic: number;
  readonly first?: typeof COMMON_MAGIC | typeof SERVICE_MAGIC;
  /** The type of the messages in the file. */
  readonly message: string;
  /** The type of the first message, where it is another one. */
  readonly head?: string;
  readonly extra?: ExtraOf;
}

const bytes: ExtraOf = ({ bytes }) => Number(bytes);

/**
 * Names, magic numbers and contents, from criu/image-desc.c, criu/include/magic.h and
 * lib/pycriu/images/ of CRIU 4.2. Pages files and the like are raw: they are not here.
 */
export const KINDS: readonly ImageKind[] = [
  { name: /^inventory\.img$/, magic: 0x58313116, message: 'inventory_entry' },
  kind('pstree', 0x50273030, 'pstree_entry'),
  kind('core-N', 0x55053847, 'core_entry'),
  kind('ids-N', 0x54432030, 'task_kobj_ids_entry'),
  kind('mm-N', 0x57492820, 'mm_entry'),
  { ...kind('pagemap-N', 0x56084025, 'pagemap_entry'), head: 'pagemap_head' },
  { ...kind('pagemap-shmem-N', 0x56084025, 'pagemap_entry'), head: 'pagemap_head' },
  kind('files', 0x56303138, 'file_entry'),
  kind('fdinfo-N', 0x56213732, 'fdinfo_entry'),
  kind('fs-N', 0x51403912, 'fs_entry'),
  kind('memfd', 0x48453499, 'memfd_inode_entry'),
  kind('remap-fpath', 0x59133954, 'remap_file_path_entry'),
  {
    // A deleted file: all of it, or a chunk for each stretch that is no hole.
    ...kind('ghost-file-X', 0x52583605, 'ghost_chunk_entry'),
    head: 'ghost_file_entry',
    extra: ({ chunks, len }) => (len !== undefined ? Number(len) : chunks ? 0 : 'rest'),
  },
  kind('filelocks', 0x54323616, 'file_lock_entry'),
  {
    ...kind('tcp-stream-X', 0x51465506, 'tcp_stream_entry'),
    extra: ({ inq_len, outq_len }) => Number(inq_len) + Number(outq_len),
  },
  { ...kind('sk-queues', 0x56264026, 'sk_packet_entry'), extra: ({ length }) => Number(length) },
  { ...kind('pipes-data', 0x56453709, 'pipe_data_entry'), extra: bytes },
  { ...kind('fifo-data', 0x59333054, 'pipe_data_entry'), extra: bytes },
  kind('tty-info', 0x59453036, 'tty_info_entry'),
  kind('seccomp', 0x64413049, 'seccomp_entry'),
  kind('timens-N', 0x43114433, 'timens_entry'),
  kind('utsns-N', 0x54473203, 'utsns_entry'),
  kind('pidns-N', 0x61157326, 'pidns_entry'),
  kind('userns-N', 0x55474906, 'userns_entry'),
  kind('mountpoints-N', 0x55563928, 'mnt_entry'),
  kind('cgroup', 0x59383330, 'cgroup_entry'),
  kind('cpuinfo', 0x61404013, 'cpuinfo_entry'),
  {
    name: /^stats-(dump|restore)$/,
    first: SERVICE_MAGIC,
    magic: 0x57093306,
    message: 'stats_entry',
  },
];

/** What the file of this name holds; undefined for raw files and those that are not decoded. */
export function kindOf(fileName: string): ImageKind | undefined {
  return KINDS.find(({ name }) => name.test(fileName));
}

/** N stands for a number, X for a hexadecimal one. */
function kind(stem: string, magic: number, message: string): ImageKind {
  const pattern = stem.replace(/N$/, '\\d+').replace(/X$/, '[0-9a-f]+');
  return { name: new RegExp(`^${pattern}\\.img$`), first: COMMON_MAGIC, magic, message };
}
