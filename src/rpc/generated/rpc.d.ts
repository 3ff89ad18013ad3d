import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** criu_req_type enum. */
export enum criu_req_type {

    /** EMPTY value */
    EMPTY = 0,

    /** DUMP value */
    DUMP = 1,

    /** RESTORE value */
    RESTORE = 2,

    /** CHECK value */
    CHECK = 3,

    /** PRE_DUMP value */
    PRE_DUMP = 4,

    /** PAGE_SERVER value */
    PAGE_SERVER = 5,

    /** NOTIFY value */
    NOTIFY = 6,

    /** CPUINFO_DUMP value */
    CPUINFO_DUMP = 7,

    /** CPUINFO_CHECK value */
    CPUINFO_CHECK = 8,

    /** FEATURE_CHECK value */
    FEATURE_CHECK = 9,

    /** VERSION value */
    VERSION = 10,

    /** WAIT_PID value */
    WAIT_PID = 11,

    /** PAGE_SERVER_CHLD value */
    PAGE_SERVER_CHLD = 12,

    /** SINGLE_PRE_DUMP value */
    SINGLE_PRE_DUMP = 13
}

/**
 * Properties of a criu_req.
 * @deprecated Use criu_req.$Properties instead.
 */
export interface Icriu_req extends criu_req.$Properties {
}

/** Represents a criu_req. */
export class criu_req {

    /**
     * Constructs a new criu_req.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_req.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_req type. */
    type: criu_req_type;

    /** criu_req opts. */
    opts?: (criu_opts.$Properties|null);

    /** criu_req notifySuccess. */
    notifySuccess: boolean;

    /** criu_req keepOpen. */
    keepOpen: boolean;

    /** criu_req features. */
    features?: (criu_features.$Properties|null);

    /** criu_req pid. */
    pid: number;

    /**
     * Encodes the specified criu_req message. Does not implicitly {@link criu_req.verify|verify} messages.
     * @param message criu_req message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_req.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_req message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_req & criu_req.$Shape} criu_req
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_req & criu_req.$Shape;
}

export namespace criu_req {

    /** Properties of a criu_req. */
    interface $Properties {

        /** criu_req type */
        type: criu_req_type;

        /** criu_req opts */
        opts?: (criu_opts.$Properties|null);

        /** criu_req notifySuccess */
        notifySuccess?: (boolean|null);

        /** criu_req keepOpen */
        keepOpen?: (boolean|null);

        /** criu_req features */
        features?: (criu_features.$Properties|null);

        /** criu_req pid */
        pid?: (number|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_req. */
    type $Shape = criu_req.$Properties;
}

/**
 * Properties of a criu_resp.
 * @deprecated Use criu_resp.$Properties instead.
 */
export interface Icriu_resp extends criu_resp.$Properties {
}

/** Represents a criu_resp. */
export class criu_resp {

    /**
     * Constructs a new criu_resp.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_resp.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_resp type. */
    type: criu_req_type;

    /** criu_resp success. */
    success: boolean;

    /** criu_resp dump. */
    dump?: (criu_dump_resp.$Properties|null);

    /** criu_resp restore. */
    restore?: (criu_restore_resp.$Properties|null);

    /** criu_resp notify. */
    notify?: (criu_notify.$Properties|null);

    /** criu_resp ps. */
    ps?: (criu_page_server_info.$Properties|null);

    /** criu_resp crErrno. */
    crErrno: number;

    /** criu_resp features. */
    features?: (criu_features.$Properties|null);

    /** criu_resp crErrmsg. */
    crErrmsg: string;

    /** criu_resp version. */
    version?: (criu_version.$Properties|null);

    /** criu_resp status. */
    status: number;

    /**
     * Encodes the specified criu_resp message. Does not implicitly {@link criu_resp.verify|verify} messages.
     * @param message criu_resp message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_resp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_resp message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_resp & criu_resp.$Shape} criu_resp
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_resp & criu_resp.$Shape;
}

export namespace criu_resp {

    /** Properties of a criu_resp. */
    interface $Properties {

        /** criu_resp type */
        type: criu_req_type;

        /** criu_resp success */
        success: boolean;

        /** criu_resp dump */
        dump?: (criu_dump_resp.$Properties|null);

        /** criu_resp restore */
        restore?: (criu_restore_resp.$Properties|null);

        /** criu_resp notify */
        notify?: (criu_notify.$Properties|null);

        /** criu_resp ps */
        ps?: (criu_page_server_info.$Properties|null);

        /** criu_resp crErrno */
        crErrno?: (number|null);

        /** criu_resp features */
        features?: (criu_features.$Properties|null);

        /** criu_resp crErrmsg */
        crErrmsg?: (string|null);

        /** criu_resp version */
        version?: (criu_version.$Properties|null);

        /** criu_resp status */
        status?: (number|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_resp. */
    type $Shape = criu_resp.$Properties;
}

/**
 * Properties of a criu_dump_resp.
 * @deprecated Use criu_dump_resp.$Properties instead.
 */
export interface Icriu_dump_resp extends criu_dump_resp.$Properties {
}

/** Represents a criu_dump_resp. */
export class criu_dump_resp {

    /**
     * Constructs a new criu_dump_resp.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_dump_resp.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_dump_resp restored. */
    restored: boolean;

    /**
     * Encodes the specified criu_dump_resp message. Does not implicitly {@link criu_dump_resp.verify|verify} messages.
     * @param message criu_dump_resp message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_dump_resp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_dump_resp message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_dump_resp & criu_dump_resp.$Shape} criu_dump_resp
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_dump_resp & criu_dump_resp.$Shape;
}

export namespace criu_dump_resp {

    /** Properties of a criu_dump_resp. */
    interface $Properties {

        /** criu_dump_resp restored */
        restored?: (boolean|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_dump_resp. */
    type $Shape = criu_dump_resp.$Properties;
}

/**
 * Properties of a criu_restore_resp.
 * @deprecated Use criu_restore_resp.$Properties instead.
 */
export interface Icriu_restore_resp extends criu_restore_resp.$Properties {
}

/** Represents a criu_restore_resp. */
export class criu_restore_resp {

    /**
     * Constructs a new criu_restore_resp.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_restore_resp.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_restore_resp pid. */
    pid: number;

    /**
     * Encodes the specified criu_restore_resp message. Does not implicitly {@link criu_restore_resp.verify|verify} messages.
     * @param message criu_restore_resp message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_restore_resp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_restore_resp message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_restore_resp & criu_restore_resp.$Shape} criu_restore_resp
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_restore_resp & criu_restore_resp.$Shape;
}

export namespace criu_restore_resp {

    /** Properties of a criu_restore_resp. */
    interface $Properties {

        /** criu_restore_resp pid */
        pid: number;

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_restore_resp. */
    type $Shape = criu_restore_resp.$Properties;
}

/**
 * Properties of a criu_notify.
 * @deprecated Use criu_notify.$Properties instead.
 */
export interface Icriu_notify extends criu_notify.$Properties {
}

/** Represents a criu_notify. */
export class criu_notify {

    /**
     * Constructs a new criu_notify.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_notify.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_notify script. */
    script: string;

    /** criu_notify pid. */
    pid: number;

    /**
     * Encodes the specified criu_notify message. Does not implicitly {@link criu_notify.verify|verify} messages.
     * @param message criu_notify message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_notify.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_notify message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_notify & criu_notify.$Shape} criu_notify
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_notify & criu_notify.$Shape;
}

export namespace criu_notify {

    /** Properties of a criu_notify. */
    interface $Properties {

        /** criu_notify script */
        script?: (string|null);

        /** criu_notify pid */
        pid?: (number|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_notify. */
    type $Shape = criu_notify.$Properties;
}

/**
 * Properties of a criu_features.
 * @deprecated Use criu_features.$Properties instead.
 */
export interface Icriu_features extends criu_features.$Properties {
}

/** Represents a criu_features. */
export class criu_features {

    /**
     * Constructs a new criu_features.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_features.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_features memTrack. */
    memTrack: boolean;

    /** criu_features lazyPages. */
    lazyPages: boolean;

    /** criu_features pidfdStore. */
    pidfdStore: boolean;

    /**
     * Encodes the specified criu_features message. Does not implicitly {@link criu_features.verify|verify} messages.
     * @param message criu_features message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_features.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_features message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_features & criu_features.$Shape} criu_features
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_features & criu_features.$Shape;
}

export namespace criu_features {

    /** Properties of a criu_features. */
    interface $Properties {

        /** criu_features memTrack */
        memTrack?: (boolean|null);

        /** criu_features lazyPages */
        lazyPages?: (boolean|null);

        /** criu_features pidfdStore */
        pidfdStore?: (boolean|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_features. */
    type $Shape = criu_features.$Properties;
}

/**
 * Properties of a criu_version.
 * @deprecated Use criu_version.$Properties instead.
 */
export interface Icriu_version extends criu_version.$Properties {
}

/** Represents a criu_version. */
export class criu_version {

    /**
     * Constructs a new criu_version.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_version.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_version majorNumber. */
    majorNumber: number;

    /** criu_version minorNumber. */
    minorNumber: number;

    /** criu_version gitid. */
    gitid: string;

    /** criu_version sublevel. */
    sublevel: number;

    /** criu_version extra. */
    extra: number;

    /** criu_version name. */
    name: string;

    /**
     * Encodes the specified criu_version message. Does not implicitly {@link criu_version.verify|verify} messages.
     * @param message criu_version message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_version.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_version message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_version & criu_version.$Shape} criu_version
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_version & criu_version.$Shape;
}

export namespace criu_version {

    /** Properties of a criu_version. */
    interface $Properties {

        /** criu_version majorNumber */
        majorNumber: number;

        /** criu_version minorNumber */
        minorNumber: number;

        /** criu_version gitid */
        gitid?: (string|null);

        /** criu_version sublevel */
        sublevel?: (number|null);

        /** criu_version extra */
        extra?: (number|null);

        /** criu_version name */
        name?: (string|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_version. */
    type $Shape = criu_version.$Properties;
}

/**
 * Properties of a criu_opts.
 * @deprecated Use criu_opts.$Properties instead.
 */
export interface Icriu_opts extends criu_opts.$Properties {
}

/** Represents a criu_opts. */
export class criu_opts {

    /**
     * Constructs a new criu_opts.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_opts.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_opts imagesDirFd. */
    imagesDirFd: number;

    /** criu_opts imagesDir. */
    imagesDir: string;

    /** criu_opts pid. */
    pid: number;

    /** criu_opts leaveRunning. */
    leaveRunning: boolean;

    /** criu_opts leaveStopped. */
    leaveStopped: boolean;

    /** criu_opts timeout. */
    timeout: number;

    /** criu_opts freezeCgroup. */
    freezeCgroup: string;

    /** criu_opts evasiveDevices. */
    evasiveDevices: boolean;

    /** criu_opts skipFileRwxCheck. */
    skipFileRwxCheck: boolean;

    /** criu_opts shellJob. */
    shellJob: boolean;

    /** criu_opts orphanPtsMaster. */
    orphanPtsMaster: boolean;

    /** criu_opts workDirFd. */
    workDirFd: number;

    /** criu_opts logLevel. */
    logLevel: number;

    /** criu_opts logFile. */
    logFile: string;

    /** criu_opts logToStderr. */
    logToStderr: boolean;

    /** criu_opts displayStats. */
    displayStats: boolean;

    /** criu_opts extUnixSk. */
    extUnixSk: boolean;

    /** criu_opts tcpEstablished. */
    tcpEstablished: boolean;

    /** criu_opts tcpSkipInFlight. */
    tcpSkipInFlight: boolean;

    /** criu_opts tcpClose. */
    tcpClose: boolean;

    /** criu_opts networkLock. */
    networkLock: criu_network_lock_method;

    /** criu_opts fileLocks. */
    fileLocks: boolean;

    /** criu_opts linkRemap. */
    linkRemap: boolean;

    /** criu_opts forceIrmap. */
    forceIrmap: boolean;

    /** criu_opts irmapScanPaths. */
    irmapScanPaths: string[];

    /** criu_opts ghostLimit. */
    ghostLimit: number;

    /** criu_opts external. */
    external: string[];

    /** criu_opts inheritFd. */
    inheritFd: inherit_fd.$Properties[];

    /** criu_opts rstSibling. */
    rstSibling: boolean;

    /** criu_opts execCmd. */
    execCmd: string[];

    /** criu_opts notifyScripts. */
    notifyScripts: boolean;

    /** criu_opts statusFd. */
    statusFd: number;

    /** criu_opts configFile. */
    configFile: string;

    /** criu_opts unprivileged. */
    unprivileged: boolean;

    /** criu_opts ps. */
    ps?: (criu_page_server_info.$Properties|null);

    /** criu_opts parentImg. */
    parentImg: string;

    /** criu_opts trackMem. */
    trackMem: boolean;

    /** criu_opts autoDedup. */
    autoDedup: boolean;

    /** criu_opts lazyPages. */
    lazyPages: boolean;

    /** criu_opts preDumpMode. */
    preDumpMode: criu_pre_dump_mode;

    /** criu_opts pidfdStoreSk. */
    pidfdStoreSk: number;

    /** criu_opts cpuCap. */
    cpuCap: number;

    /** criu_opts root. */
    root: string;

    /** criu_opts extMnt. */
    extMnt: ext_mount_map.$Properties[];

    /** criu_opts autoExtMnt. */
    autoExtMnt: boolean;

    /** criu_opts extSharing. */
    extSharing: boolean;

    /** criu_opts extMasters. */
    extMasters: boolean;

    /** criu_opts skipMnt. */
    skipMnt: string[];

    /** criu_opts enableFs. */
    enableFs: string[];

    /** criu_opts mntnsCompatMode. */
    mntnsCompatMode: boolean;

    /** criu_opts emptyNs. */
    emptyNs: number;

    /** criu_opts joinNs. */
    joinNs: join_namespace.$Properties[];

    /** criu_opts weakSysctls. */
    weakSysctls: boolean;

    /** criu_opts veths. */
    veths: criu_veth_pair.$Properties[];

    /** criu_opts unixSkIno. */
    unixSkIno: unix_sk.$Properties[];

    /** criu_opts manageCgroups. */
    manageCgroups: boolean;

    /** criu_opts manageCgroupsMode. */
    manageCgroupsMode: criu_cg_mode;

    /** criu_opts cgRoot. */
    cgRoot: cgroup_root.$Properties[];

    /** criu_opts cgroupProps. */
    cgroupProps: string;

    /** criu_opts cgroupPropsFile. */
    cgroupPropsFile: string;

    /** criu_opts cgroupDumpController. */
    cgroupDumpController: string[];

    /** criu_opts cgroupYard. */
    cgroupYard: string;

    /** criu_opts lsmProfile. */
    lsmProfile: string;

    /** criu_opts lsmMountContext. */
    lsmMountContext: string;

    /** criu_opts tlsCacert. */
    tlsCacert: string;

    /** criu_opts tlsCacrl. */
    tlsCacrl: string;

    /** criu_opts tlsCert. */
    tlsCert: string;

    /** criu_opts tlsKey. */
    tlsKey: string;

    /** criu_opts tls. */
    tls: boolean;

    /** criu_opts tlsNoCnVerify. */
    tlsNoCnVerify: boolean;

    /**
     * Encodes the specified criu_opts message. Does not implicitly {@link criu_opts.verify|verify} messages.
     * @param message criu_opts message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_opts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_opts message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_opts & criu_opts.$Shape} criu_opts
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_opts & criu_opts.$Shape;
}

export namespace criu_opts {

    /** Properties of a criu_opts. */
    interface $Properties {

        /** criu_opts imagesDirFd */
        imagesDirFd: number;

        /** criu_opts imagesDir */
        imagesDir?: (string|null);

        /** criu_opts pid */
        pid?: (number|null);

        /** criu_opts leaveRunning */
        leaveRunning?: (boolean|null);

        /** criu_opts leaveStopped */
        leaveStopped?: (boolean|null);

        /** criu_opts timeout */
        timeout?: (number|null);

        /** criu_opts freezeCgroup */
        freezeCgroup?: (string|null);

        /** criu_opts evasiveDevices */
        evasiveDevices?: (boolean|null);

        /** criu_opts skipFileRwxCheck */
        skipFileRwxCheck?: (boolean|null);

        /** criu_opts shellJob */
        shellJob?: (boolean|null);

        /** criu_opts orphanPtsMaster */
        orphanPtsMaster?: (boolean|null);

        /** criu_opts workDirFd */
        workDirFd?: (number|null);

        /** criu_opts logLevel */
        logLevel?: (number|null);

        /** criu_opts logFile */
        logFile?: (string|null);

        /** criu_opts logToStderr */
        logToStderr?: (boolean|null);

        /** criu_opts displayStats */
        displayStats?: (boolean|null);

        /** criu_opts extUnixSk */
        extUnixSk?: (boolean|null);

        /** criu_opts tcpEstablished */
        tcpEstablished?: (boolean|null);

        /** criu_opts tcpSkipInFlight */
        tcpSkipInFlight?: (boolean|null);

        /** criu_opts tcpClose */
        tcpClose?: (boolean|null);

        /** criu_opts networkLock */
        networkLock?: (criu_network_lock_method|null);

        /** criu_opts fileLocks */
        fileLocks?: (boolean|null);

        /** criu_opts linkRemap */
        linkRemap?: (boolean|null);

        /** criu_opts forceIrmap */
        forceIrmap?: (boolean|null);

        /** criu_opts irmapScanPaths */
        irmapScanPaths?: (string[]|null);

        /** criu_opts ghostLimit */
        ghostLimit?: (number|null);

        /** criu_opts external */
        external?: (string[]|null);

        /** criu_opts inheritFd */
        inheritFd?: (inherit_fd.$Properties[]|null);

        /** criu_opts rstSibling */
        rstSibling?: (boolean|null);

        /** criu_opts execCmd */
        execCmd?: (string[]|null);

        /** criu_opts notifyScripts */
        notifyScripts?: (boolean|null);

        /** criu_opts statusFd */
        statusFd?: (number|null);

        /** criu_opts configFile */
        configFile?: (string|null);

        /** criu_opts unprivileged */
        unprivileged?: (boolean|null);

        /** criu_opts ps */
        ps?: (criu_page_server_info.$Properties|null);

        /** criu_opts parentImg */
        parentImg?: (string|null);

        /** criu_opts trackMem */
        trackMem?: (boolean|null);

        /** criu_opts autoDedup */
        autoDedup?: (boolean|null);

        /** criu_opts lazyPages */
        lazyPages?: (boolean|null);

        /** criu_opts preDumpMode */
        preDumpMode?: (criu_pre_dump_mode|null);

        /** criu_opts pidfdStoreSk */
        pidfdStoreSk?: (number|null);

        /** criu_opts cpuCap */
        cpuCap?: (number|null);

        /** criu_opts root */
        root?: (string|null);

        /** criu_opts extMnt */
        extMnt?: (ext_mount_map.$Properties[]|null);

        /** criu_opts autoExtMnt */
        autoExtMnt?: (boolean|null);

        /** criu_opts extSharing */
        extSharing?: (boolean|null);

        /** criu_opts extMasters */
        extMasters?: (boolean|null);

        /** criu_opts skipMnt */
        skipMnt?: (string[]|null);

        /** criu_opts enableFs */
        enableFs?: (string[]|null);

        /** criu_opts mntnsCompatMode */
        mntnsCompatMode?: (boolean|null);

        /** criu_opts emptyNs */
        emptyNs?: (number|null);

        /** criu_opts joinNs */
        joinNs?: (join_namespace.$Properties[]|null);

        /** criu_opts weakSysctls */
        weakSysctls?: (boolean|null);

        /** criu_opts veths */
        veths?: (criu_veth_pair.$Properties[]|null);

        /** criu_opts unixSkIno */
        unixSkIno?: (unix_sk.$Properties[]|null);

        /** criu_opts manageCgroups */
        manageCgroups?: (boolean|null);

        /** criu_opts manageCgroupsMode */
        manageCgroupsMode?: (criu_cg_mode|null);

        /** criu_opts cgRoot */
        cgRoot?: (cgroup_root.$Properties[]|null);

        /** criu_opts cgroupProps */
        cgroupProps?: (string|null);

        /** criu_opts cgroupPropsFile */
        cgroupPropsFile?: (string|null);

        /** criu_opts cgroupDumpController */
        cgroupDumpController?: (string[]|null);

        /** criu_opts cgroupYard */
        cgroupYard?: (string|null);

        /** criu_opts lsmProfile */
        lsmProfile?: (string|null);

        /** criu_opts lsmMountContext */
        lsmMountContext?: (string|null);

        /** criu_opts tlsCacert */
        tlsCacert?: (string|null);

        /** criu_opts tlsCacrl */
        tlsCacrl?: (string|null);

        /** criu_opts tlsCert */
        tlsCert?: (string|null);

        /** criu_opts tlsKey */
        tlsKey?: (string|null);

        /** criu_opts tls */
        tls?: (boolean|null);

        /** criu_opts tlsNoCnVerify */
        tlsNoCnVerify?: (boolean|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_opts. */
    type $Shape = criu_opts.$Properties;
}

/** criu_cg_mode enum. */
export enum criu_cg_mode {

    /** IGNORE value */
    IGNORE = 0,

    /** CG_NONE value */
    CG_NONE = 1,

    /** PROPS value */
    PROPS = 2,

    /** SOFT value */
    SOFT = 3,

    /** FULL value */
    FULL = 4,

    /** STRICT value */
    STRICT = 5,

    /** DEFAULT value */
    DEFAULT = 6
}

/** criu_network_lock_method enum. */
export enum criu_network_lock_method {

    /** IPTABLES value */
    IPTABLES = 1,

    /** NFTABLES value */
    NFTABLES = 2,

    /** SKIP value */
    SKIP = 3
}

/** criu_pre_dump_mode enum. */
export enum criu_pre_dump_mode {

    /** SPLICE value */
    SPLICE = 1,

    /** VM_READ value */
    VM_READ = 2
}

/**
 * Properties of an inherit_fd.
 * @deprecated Use inherit_fd.$Properties instead.
 */
export interface Iinherit_fd extends inherit_fd.$Properties {
}

/** Represents an inherit_fd. */
export class inherit_fd {

    /**
     * Constructs a new inherit_fd.
     * @param [properties] Properties to set
     */
    constructor(properties?: inherit_fd.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** inherit_fd key. */
    key: string;

    /** inherit_fd fd. */
    fd: number;

    /**
     * Encodes the specified inherit_fd message. Does not implicitly {@link inherit_fd.verify|verify} messages.
     * @param message inherit_fd message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: inherit_fd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes an inherit_fd message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {inherit_fd & inherit_fd.$Shape} inherit_fd
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): inherit_fd & inherit_fd.$Shape;
}

export namespace inherit_fd {

    /** Properties of an inherit_fd. */
    interface $Properties {

        /** inherit_fd key */
        key: string;

        /** inherit_fd fd */
        fd: number;

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of an inherit_fd. */
    type $Shape = inherit_fd.$Properties;
}

/**
 * Properties of a criu_page_server_info.
 * @deprecated Use criu_page_server_info.$Properties instead.
 */
export interface Icriu_page_server_info extends criu_page_server_info.$Properties {
}

/** Represents a criu_page_server_info. */
export class criu_page_server_info {

    /**
     * Constructs a new criu_page_server_info.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_page_server_info.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_page_server_info address. */
    address: string;

    /** criu_page_server_info port. */
    port: number;

    /** criu_page_server_info pid. */
    pid: number;

    /** criu_page_server_info fd. */
    fd: number;

    /**
     * Encodes the specified criu_page_server_info message. Does not implicitly {@link criu_page_server_info.verify|verify} messages.
     * @param message criu_page_server_info message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_page_server_info.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_page_server_info message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_page_server_info & criu_page_server_info.$Shape} criu_page_server_info
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_page_server_info & criu_page_server_info.$Shape;
}

export namespace criu_page_server_info {

    /** Properties of a criu_page_server_info. */
    interface $Properties {

        /** criu_page_server_info address */
        address?: (string|null);

        /** criu_page_server_info port */
        port?: (number|null);

        /** criu_page_server_info pid */
        pid?: (number|null);

        /** criu_page_server_info fd */
        fd?: (number|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_page_server_info. */
    type $Shape = criu_page_server_info.$Properties;
}

/**
 * Properties of a join_namespace.
 * @deprecated Use join_namespace.$Properties instead.
 */
export interface Ijoin_namespace extends join_namespace.$Properties {
}

/** Represents a join_namespace. */
export class join_namespace {

    /**
     * Constructs a new join_namespace.
     * @param [properties] Properties to set
     */
    constructor(properties?: join_namespace.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** join_namespace ns. */
    ns: string;

    /** join_namespace nsFile. */
    nsFile: string;

    /** join_namespace extraOpt. */
    extraOpt: string;

    /**
     * Encodes the specified join_namespace message. Does not implicitly {@link join_namespace.verify|verify} messages.
     * @param message join_namespace message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: join_namespace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a join_namespace message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {join_namespace & join_namespace.$Shape} join_namespace
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): join_namespace & join_namespace.$Shape;
}

export namespace join_namespace {

    /** Properties of a join_namespace. */
    interface $Properties {

        /** join_namespace ns */
        ns: string;

        /** join_namespace nsFile */
        nsFile: string;

        /** join_namespace extraOpt */
        extraOpt?: (string|null);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a join_namespace. */
    type $Shape = join_namespace.$Properties;
}

/**
 * Properties of a cgroup_root.
 * @deprecated Use cgroup_root.$Properties instead.
 */
export interface Icgroup_root extends cgroup_root.$Properties {
}

/** Represents a cgroup_root. */
export class cgroup_root {

    /**
     * Constructs a new cgroup_root.
     * @param [properties] Properties to set
     */
    constructor(properties?: cgroup_root.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** cgroup_root ctrl. */
    ctrl: string;

    /** cgroup_root path. */
    path: string;

    /**
     * Encodes the specified cgroup_root message. Does not implicitly {@link cgroup_root.verify|verify} messages.
     * @param message cgroup_root message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: cgroup_root.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a cgroup_root message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {cgroup_root & cgroup_root.$Shape} cgroup_root
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cgroup_root & cgroup_root.$Shape;
}

export namespace cgroup_root {

    /** Properties of a cgroup_root. */
    interface $Properties {

        /** cgroup_root ctrl */
        ctrl?: (string|null);

        /** cgroup_root path */
        path: string;

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a cgroup_root. */
    type $Shape = cgroup_root.$Properties;
}

/**
 * Properties of a criu_veth_pair.
 * @deprecated Use criu_veth_pair.$Properties instead.
 */
export interface Icriu_veth_pair extends criu_veth_pair.$Properties {
}

/** Represents a criu_veth_pair. */
export class criu_veth_pair {

    /**
     * Constructs a new criu_veth_pair.
     * @param [properties] Properties to set
     */
    constructor(properties?: criu_veth_pair.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** criu_veth_pair ifIn. */
    ifIn: string;

    /** criu_veth_pair ifOut. */
    ifOut: string;

    /**
     * Encodes the specified criu_veth_pair message. Does not implicitly {@link criu_veth_pair.verify|verify} messages.
     * @param message criu_veth_pair message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: criu_veth_pair.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a criu_veth_pair message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {criu_veth_pair & criu_veth_pair.$Shape} criu_veth_pair
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): criu_veth_pair & criu_veth_pair.$Shape;
}

export namespace criu_veth_pair {

    /** Properties of a criu_veth_pair. */
    interface $Properties {

        /** criu_veth_pair ifIn */
        ifIn: string;

        /** criu_veth_pair ifOut */
        ifOut: string;

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a criu_veth_pair. */
    type $Shape = criu_veth_pair.$Properties;
}

/**
 * Properties of an ext_mount_map.
 * @deprecated Use ext_mount_map.$Properties instead.
 */
export interface Iext_mount_map extends ext_mount_map.$Properties {
}

/** Represents an ext_mount_map. */
export class ext_mount_map {

    /**
     * Constructs a new ext_mount_map.
     * @param [properties] Properties to set
     */
    constructor(properties?: ext_mount_map.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** ext_mount_map key. */
    key: string;

    /** ext_mount_map val. */
    val: string;

    /**
     * Encodes the specified ext_mount_map message. Does not implicitly {@link ext_mount_map.verify|verify} messages.
     * @param message ext_mount_map message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: ext_mount_map.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes an ext_mount_map message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {ext_mount_map & ext_mount_map.$Shape} ext_mount_map
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ext_mount_map & ext_mount_map.$Shape;
}

export namespace ext_mount_map {

    /** Properties of an ext_mount_map. */
    interface $Properties {

        /** ext_mount_map key */
        key: string;

        /** ext_mount_map val */
        val: string;

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of an ext_mount_map. */
    type $Shape = ext_mount_map.$Properties;
}

/**
 * Properties of a unix_sk.
 * @deprecated Use unix_sk.$Properties instead.
 */
export interface Iunix_sk extends unix_sk.$Properties {
}

/** Represents a unix_sk. */
export class unix_sk {

    /**
     * Constructs a new unix_sk.
     * @param [properties] Properties to set
     */
    constructor(properties?: unix_sk.$Properties);

    /** Unknown fields preserved while decoding when enabled */
    $unknowns?: Uint8Array[];

    /** unix_sk inode. */
    inode: number;

    /**
     * Encodes the specified unix_sk message. Does not implicitly {@link unix_sk.verify|verify} messages.
     * @param message unix_sk message or plain object to encode
     * @param [writer] Writer to encode to
     * @returns Writer
     */
    static encode(message: unix_sk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

    /**
     * Decodes a unix_sk message from the specified reader or buffer.
     * @param reader Reader or buffer to decode from
     * @param [length] Message length if known beforehand
     * @returns {unix_sk & unix_sk.$Shape} unix_sk
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): unix_sk & unix_sk.$Shape;
}

export namespace unix_sk {

    /** Properties of a unix_sk. */
    interface $Properties {

        /** unix_sk inode */
        inode: number;

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];
    }

    /** Shape of a unix_sk. */
    type $Shape = unix_sk.$Properties;
}
