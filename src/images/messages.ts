/**
 * The messages that the rest of tubthump looks into, as `decodeImage` returns them: fields of
 * proto/images/ that are read somewhere, no more. 64-bit numbers are bigint; addresses, offsets and
 * sizes are bytes.
 */

export interface Inventory {
  readonly img_version: number;
  readonly root_ids?: KernelIds;
}

/** Numbers of kernel objects: tasks with the same number share the object. */
export interface KernelIds {
  readonly vm_id: number;
  readonly files_id: number;
}

export interface PstreeEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly threads: readonly number[];
}

export interface Core {
  readonly mtype: string;
  readonly tc?: { readonly comm: string; readonly task_state: number };
  readonly ids?: KernelIds;
  readonly thread_core?: {
    readonly comm?: string;
    readonly creds?: Credentials;
    readonly seccomp_mode?: string;
    readonly seccomp_filter?: number;
  };
}

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly euid: number;
  readonly egid: number;
  /** Two 32-bit halves, the low one first. */
  readonly cap_prm: readonly number[];
}

export interface Mm {
  readonly mm_arg_start: bigint;
  readonly mm_arg_end: bigint;
  readonly mm_env_start: bigint;
  readonly mm_env_end: bigint;
  readonly exe_file_id: number;
  readonly vmas: readonly Vma[];
}

export interface Vma {
  readonly start: bigint;
  readonly end: bigint;
  readonly pgoff: bigint;
  /** Of file mappings: id of the file in files.img. */
  readonly shmid: bigint;
  readonly prot: number;
  readonly flags: number;
  /** VMA_* bits of criu/include/image.h, see mappings.ts. */
  readonly status: number;
}

export interface PagemapHead {
  readonly pages_id: number;
}

export interface PagemapEntry {
  readonly vaddr: bigint;
  readonly compat_nr_pages: number;
  readonly nr_pages?: bigint;
  readonly in_parent?: boolean;
  readonly flags?: number;
}

export interface FdinfoEntry {
  readonly id: number;
  readonly flags: number;
  readonly type: string;
  readonly fd: number;
}

export interface FsEntry {
  readonly cwd_id: number;
  readonly root_id: number;
  readonly umask?: number;
}

export interface FileEntry {
  readonly type: string;
  readonly id: number;
  readonly reg?: RegularFile;
  readonly isk?: InetSocket;
  readonly usk?: UnixSocket;
  readonly nlsk?: { readonly protocol: number };
  readonly pipe?: { readonly pipe_id: number };
  readonly fifo?: { readonly pipe_id: number };
  readonly efd?: { readonly counter: bigint };
  readonly epfd?: { readonly tfd: readonly unknown[] };
  readonly sgfd?: { readonly sigmask: bigint };
  readonly tfd?: { readonly clockid: number };
  readonly ify?: { readonly wd: readonly unknown[] };
  readonly memfd?: { readonly inode_id: number };
  readonly tty?: { readonly tty_info_id: number };
}

export interface RegularFile {
  readonly name: string;
  readonly flags: number;
  readonly pos: bigint;
  readonly size?: bigint;
  readonly mode?: number;
  /** Bytes of the build id, four to a number, as they lie in memory. */
  readonly build_id: readonly number[];
  readonly ext?: boolean;
}

export interface InetSocket {
  readonly family: number;
  readonly type: number;
  readonly proto: number;
  readonly state: number;
  readonly src_port: number;
  readonly dst_port: number;
  /** In network byte order: one number of IPv4, four of IPv6. */
  readonly src_addr: readonly number[];
  readonly dst_addr: readonly number[];
}

export interface UnixSocket {
  readonly ino: number;
  readonly type: number;
  readonly state: number;
  readonly peer: number;
  /** Abstract names start with a zero byte. */
  readonly name: Uint8Array;
  readonly uflags: number;
}
