/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["tubthump-rpc"] || ($protobuf.roots["tubthump-rpc"] = {});

/**
 * criu_req_type enum.
 * @name criu_req_type
 * @enum {number}
 * @property {number} EMPTY=0 EMPTY value
 * @property {number} DUMP=1 DUMP value
 * @property {number} RESTORE=2 RESTORE value
 * @property {number} CHECK=3 CHECK value
 * @property {number} PRE_DUMP=4 PRE_DUMP value
 * @property {number} PAGE_SERVER=5 PAGE_SERVER value
 * @property {number} NOTIFY=6 NOTIFY value
 * @property {number} CPUINFO_DUMP=7 CPUINFO_DUMP value
 * @property {number} CPUINFO_CHECK=8 CPUINFO_CHECK value
 * @property {number} FEATURE_CHECK=9 FEATURE_CHECK value
 * @property {number} VERSION=10 VERSION value
 * @property {number} WAIT_PID=11 WAIT_PID value
 * @property {number} PAGE_SERVER_CHLD=12 PAGE_SERVER_CHLD value
 * @property {number} SINGLE_PRE_DUMP=13 SINGLE_PRE_DUMP value
 */
export const criu_req_type = $root.criu_req_type = (() => {
    const valuesById = $Object.create(null), values = $Object.create(valuesById);
    values[valuesById[0] = "EMPTY"] = 0;
    values[valuesById[1] = "DUMP"] = 1;
    values[valuesById[2] = "RESTORE"] = 2;
    values[valuesById[3] = "CHECK"] = 3;
    values[valuesById[4] = "PRE_DUMP"] = 4;
    values[valuesById[5] = "PAGE_SERVER"] = 5;
    values[valuesById[6] = "NOTIFY"] = 6;
    values[valuesById[7] = "CPUINFO_DUMP"] = 7;
    values[valuesById[8] = "CPUINFO_CHECK"] = 8;
    values[valuesById[9] = "FEATURE_CHECK"] = 9;
    values[valuesById[10] = "VERSION"] = 10;
    values[valuesById[11] = "WAIT_PID"] = 11;
    values[valuesById[12] = "PAGE_SERVER_CHLD"] = 12;
    values[valuesById[13] = "SINGLE_PRE_DUMP"] = 13;
    return values;
})();

export const criu_req = $root.criu_req = (() => {

    /**
     * Properties of a criu_req.
     * @typedef {Object} criu_req.$Properties
     * @property {criu_req_type} type criu_req type
     * @property {criu_opts.$Properties|null} [opts] criu_req opts
     * @property {boolean|null} [notifySuccess] criu_req notifySuccess
     * @property {boolean|null} [keepOpen] criu_req keepOpen
     * @property {criu_features.$Properties|null} [features] criu_req features
     * @property {number|null} [pid] criu_req pid
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_req.
     * @exports Icriu_req
     * @interface Icriu_req
     * @augments criu_req.$Properties
     * @deprecated Use criu_req.$Properties instead.
     */

    /**
     * Shape of a criu_req.
     * @typedef {criu_req.$Properties} criu_req.$Shape
     */

    /**
     * Constructs a new criu_req.
     * @exports criu_req
     * @classdesc Represents a criu_req.
     * @constructor
     * @param {criu_req.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_req = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_req type.
     * @member {criu_req_type} type
     * @memberof criu_req
     * @instance
     */
    criu_req.prototype.type = 0;

    /**
     * criu_req opts.
     * @member {criu_opts.$Properties|null|undefined} opts
     * @memberof criu_req
     * @instance
     */
    criu_req.prototype.opts = null;

    /**
     * criu_req notifySuccess.
     * @member {boolean} notifySuccess
     * @memberof criu_req
     * @instance
     */
    criu_req.prototype.notifySuccess = false;

    /**
     * criu_req keepOpen.
     * @member {boolean} keepOpen
     * @memberof criu_req
     * @instance
     */
    criu_req.prototype.keepOpen = false;

    /**
     * criu_req features.
     * @member {criu_features.$Properties|null|undefined} features
     * @memberof criu_req
     * @instance
     */
    criu_req.prototype.features = null;

    /**
     * criu_req pid.
     * @member {number} pid
     * @memberof criu_req
     * @instance
     */
    criu_req.prototype.pid = 0;

    /**
     * Encodes the specified criu_req message. Does not implicitly {@link criu_req.verify|verify} messages.
     * @function encode
     * @memberof criu_req
     * @static
     * @param {criu_req.$Properties} message criu_req message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_req.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
        if (message.opts != null && $Object.hasOwnProperty.call(message, "opts"))
            $root.criu_opts.encode(message.opts, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
        if (message.notifySuccess != null && $Object.hasOwnProperty.call(message, "notifySuccess"))
            writer.uint32(/* id 3, wireType 0 =*/24).bool(message.notifySuccess);
        if (message.keepOpen != null && $Object.hasOwnProperty.call(message, "keepOpen"))
            writer.uint32(/* id 4, wireType 0 =*/32).bool(message.keepOpen);
        if (message.features != null && $Object.hasOwnProperty.call(message, "features"))
            $root.criu_features.encode(message.features, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
        if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
            writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.pid);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_req message from the specified reader or buffer.
     * @function decode
     * @memberof criu_req
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_req & criu_req.$Shape} criu_req
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_req.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message, value;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_req();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    value = reader.int32();
                    if ($root.criu_req_type[value] !== $undefined)
                        message.type = value;
                    else if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                    continue;
                }
            case 2: {
                    if (wireType !== 2)
                        break;
                    message.opts = $root.criu_opts.decode(reader, reader.size(), $undefined, _depth + 1, message.opts);
                    continue;
                }
            case 3: {
                    if (wireType !== 0)
                        break;
                    message.notifySuccess = reader.bool();
                    continue;
                }
            case 4: {
                    if (wireType !== 0)
                        break;
                    message.keepOpen = reader.bool();
                    continue;
                }
            case 5: {
                    if (wireType !== 2)
                        break;
                    message.features = $root.criu_features.decode(reader, reader.size(), $undefined, _depth + 1, message.features);
                    continue;
                }
            case 6: {
                    if (wireType !== 0)
                        break;
                    message.pid = reader.uint32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "type"))
            throw $util.ProtocolError("missing required 'type'", { instance: message });
        return message;
    };

    return criu_req;
})();

export const criu_resp = $root.criu_resp = (() => {

    /**
     * Properties of a criu_resp.
     * @typedef {Object} criu_resp.$Properties
     * @property {criu_req_type} type criu_resp type
     * @property {boolean} success criu_resp success
     * @property {criu_dump_resp.$Properties|null} [dump] criu_resp dump
     * @property {criu_restore_resp.$Properties|null} [restore] criu_resp restore
     * @property {criu_notify.$Properties|null} [notify] criu_resp notify
     * @property {criu_page_server_info.$Properties|null} [ps] criu_resp ps
     * @property {number|null} [crErrno] criu_resp crErrno
     * @property {criu_features.$Properties|null} [features] criu_resp features
     * @property {string|null} [crErrmsg] criu_resp crErrmsg
     * @property {criu_version.$Properties|null} [version] criu_resp version
     * @property {number|null} [status] criu_resp status
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_resp.
     * @exports Icriu_resp
     * @interface Icriu_resp
     * @augments criu_resp.$Properties
     * @deprecated Use criu_resp.$Properties instead.
     */

    /**
     * Shape of a criu_resp.
     * @typedef {criu_resp.$Properties} criu_resp.$Shape
     */

    /**
     * Constructs a new criu_resp.
     * @exports criu_resp
     * @classdesc Represents a criu_resp.
     * @constructor
     * @param {criu_resp.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_resp = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_resp type.
     * @member {criu_req_type} type
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.type = 0;

    /**
     * criu_resp success.
     * @member {boolean} success
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.success = false;

    /**
     * criu_resp dump.
     * @member {criu_dump_resp.$Properties|null|undefined} dump
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.dump = null;

    /**
     * criu_resp restore.
     * @member {criu_restore_resp.$Properties|null|undefined} restore
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.restore = null;

    /**
     * criu_resp notify.
     * @member {criu_notify.$Properties|null|undefined} notify
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.notify = null;

    /**
     * criu_resp ps.
     * @member {criu_page_server_info.$Properties|null|undefined} ps
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.ps = null;

    /**
     * criu_resp crErrno.
     * @member {number} crErrno
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.crErrno = 0;

    /**
     * criu_resp features.
     * @member {criu_features.$Properties|null|undefined} features
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.features = null;

    /**
     * criu_resp crErrmsg.
     * @member {string} crErrmsg
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.crErrmsg = "";

    /**
     * criu_resp version.
     * @member {criu_version.$Properties|null|undefined} version
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.version = null;

    /**
     * criu_resp status.
     * @member {number} status
     * @memberof criu_resp
     * @instance
     */
    criu_resp.prototype.status = 0;

    /**
     * Encodes the specified criu_resp message. Does not implicitly {@link criu_resp.verify|verify} messages.
     * @function encode
     * @memberof criu_resp
     * @static
     * @param {criu_resp.$Properties} message criu_resp message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_resp.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.success);
        if (message.dump != null && $Object.hasOwnProperty.call(message, "dump"))
            $root.criu_dump_resp.encode(message.dump, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
        if (message.restore != null && $Object.hasOwnProperty.call(message, "restore"))
            $root.criu_restore_resp.encode(message.restore, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
        if (message.notify != null && $Object.hasOwnProperty.call(message, "notify"))
            $root.criu_notify.encode(message.notify, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
        if (message.ps != null && $Object.hasOwnProperty.call(message, "ps"))
            $root.criu_page_server_info.encode(message.ps, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
        if (message.crErrno != null && $Object.hasOwnProperty.call(message, "crErrno"))
            writer.uint32(/* id 7, wireType 0 =*/56).int32(message.crErrno);
        if (message.features != null && $Object.hasOwnProperty.call(message, "features"))
            $root.criu_features.encode(message.features, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
        if (message.crErrmsg != null && $Object.hasOwnProperty.call(message, "crErrmsg"))
            writer.uint32(/* id 9, wireType 2 =*/74).string(message.crErrmsg);
        if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
            $root.criu_version.encode(message.version, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
        if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
            writer.uint32(/* id 11, wireType 0 =*/88).int32(message.status);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_resp message from the specified reader or buffer.
     * @function decode
     * @memberof criu_resp
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_resp & criu_resp.$Shape} criu_resp
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_resp.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message, value;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_resp();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    value = reader.int32();
                    if ($root.criu_req_type[value] !== $undefined)
                        message.type = value;
                    else if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.success = reader.bool();
                    continue;
                }
            case 3: {
                    if (wireType !== 2)
                        break;
                    message.dump = $root.criu_dump_resp.decode(reader, reader.size(), $undefined, _depth + 1, message.dump);
                    continue;
                }
            case 4: {
                    if (wireType !== 2)
                        break;
                    message.restore = $root.criu_restore_resp.decode(reader, reader.size(), $undefined, _depth + 1, message.restore);
                    continue;
                }
            case 5: {
                    if (wireType !== 2)
                        break;
                    message.notify = $root.criu_notify.decode(reader, reader.size(), $undefined, _depth + 1, message.notify);
                    continue;
                }
            case 6: {
                    if (wireType !== 2)
                        break;
                    message.ps = $root.criu_page_server_info.decode(reader, reader.size(), $undefined, _depth + 1, message.ps);
                    continue;
                }
            case 7: {
                    if (wireType !== 0)
                        break;
                    message.crErrno = reader.int32();
                    continue;
                }
            case 8: {
                    if (wireType !== 2)
                        break;
                    message.features = $root.criu_features.decode(reader, reader.size(), $undefined, _depth + 1, message.features);
                    continue;
                }
            case 9: {
                    if (wireType !== 2)
                        break;
                    message.crErrmsg = reader.string();
                    continue;
                }
            case 10: {
                    if (wireType !== 2)
                        break;
                    message.version = $root.criu_version.decode(reader, reader.size(), $undefined, _depth + 1, message.version);
                    continue;
                }
            case 11: {
                    if (wireType !== 0)
                        break;
                    message.status = reader.int32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "type"))
            throw $util.ProtocolError("missing required 'type'", { instance: message });
        if (!$Object.hasOwnProperty.call(message, "success"))
            throw $util.ProtocolError("missing required 'success'", { instance: message });
        return message;
    };

    return criu_resp;
})();

export const criu_dump_resp = $root.criu_dump_resp = (() => {

    /**
     * Properties of a criu_dump_resp.
     * @typedef {Object} criu_dump_resp.$Properties
     * @property {boolean|null} [restored] criu_dump_resp restored
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_dump_resp.
     * @exports Icriu_dump_resp
     * @interface Icriu_dump_resp
     * @augments criu_dump_resp.$Properties
     * @deprecated Use criu_dump_resp.$Properties instead.
     */

    /**
     * Shape of a criu_dump_resp.
     * @typedef {criu_dump_resp.$Properties} criu_dump_resp.$Shape
     */

    /**
     * Constructs a new criu_dump_resp.
     * @exports criu_dump_resp
     * @classdesc Represents a criu_dump_resp.
     * @constructor
     * @param {criu_dump_resp.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_dump_resp = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_dump_resp restored.
     * @member {boolean} restored
     * @memberof criu_dump_resp
     * @instance
     */
    criu_dump_resp.prototype.restored = false;

    /**
     * Encodes the specified criu_dump_resp message. Does not implicitly {@link criu_dump_resp.verify|verify} messages.
     * @function encode
     * @memberof criu_dump_resp
     * @static
     * @param {criu_dump_resp.$Properties} message criu_dump_resp message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_dump_resp.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        if (message.restored != null && $Object.hasOwnProperty.call(message, "restored"))
            writer.uint32(/* id 1, wireType 0 =*/8).bool(message.restored);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_dump_resp message from the specified reader or buffer.
     * @function decode
     * @memberof criu_dump_resp
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_dump_resp & criu_dump_resp.$Shape} criu_dump_resp
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_dump_resp.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_dump_resp();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    message.restored = reader.bool();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        return message;
    };

    return criu_dump_resp;
})();

export const criu_restore_resp = $root.criu_restore_resp = (() => {

    /**
     * Properties of a criu_restore_resp.
     * @typedef {Object} criu_restore_resp.$Properties
     * @property {number} pid criu_restore_resp pid
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_restore_resp.
     * @exports Icriu_restore_resp
     * @interface Icriu_restore_resp
     * @augments criu_restore_resp.$Properties
     * @deprecated Use criu_restore_resp.$Properties instead.
     */

    /**
     * Shape of a criu_restore_resp.
     * @typedef {criu_restore_resp.$Properties} criu_restore_resp.$Shape
     */

    /**
     * Constructs a new criu_restore_resp.
     * @exports criu_restore_resp
     * @classdesc Represents a criu_restore_resp.
     * @constructor
     * @param {criu_restore_resp.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_restore_resp = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_restore_resp pid.
     * @member {number} pid
     * @memberof criu_restore_resp
     * @instance
     */
    criu_restore_resp.prototype.pid = 0;

    /**
     * Encodes the specified criu_restore_resp message. Does not implicitly {@link criu_restore_resp.verify|verify} messages.
     * @function encode
     * @memberof criu_restore_resp
     * @static
     * @param {criu_restore_resp.$Properties} message criu_restore_resp message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_restore_resp.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.pid);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_restore_resp message from the specified reader or buffer.
     * @function decode
     * @memberof criu_restore_resp
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_restore_resp & criu_restore_resp.$Shape} criu_restore_resp
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_restore_resp.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_restore_resp();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    message.pid = reader.int32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "pid"))
            throw $util.ProtocolError("missing required 'pid'", { instance: message });
        return message;
    };

    return criu_restore_resp;
})();

export const criu_notify = $root.criu_notify = (() => {

    /**
     * Properties of a criu_notify.
     * @typedef {Object} criu_notify.$Properties
     * @property {string|null} [script] criu_notify script
     * @property {number|null} [pid] criu_notify pid
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_notify.
     * @exports Icriu_notify
     * @interface Icriu_notify
     * @augments criu_notify.$Properties
     * @deprecated Use criu_notify.$Properties instead.
     */

    /**
     * Shape of a criu_notify.
     * @typedef {criu_notify.$Properties} criu_notify.$Shape
     */

    /**
     * Constructs a new criu_notify.
     * @exports criu_notify
     * @classdesc Represents a criu_notify.
     * @constructor
     * @param {criu_notify.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_notify = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_notify script.
     * @member {string} script
     * @memberof criu_notify
     * @instance
     */
    criu_notify.prototype.script = "";

    /**
     * criu_notify pid.
     * @member {number} pid
     * @memberof criu_notify
     * @instance
     */
    criu_notify.prototype.pid = 0;

    /**
     * Encodes the specified criu_notify message. Does not implicitly {@link criu_notify.verify|verify} messages.
     * @function encode
     * @memberof criu_notify
     * @static
     * @param {criu_notify.$Properties} message criu_notify message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_notify.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        if (message.script != null && $Object.hasOwnProperty.call(message, "script"))
            writer.uint32(/* id 1, wireType 2 =*/10).string(message.script);
        if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
            writer.uint32(/* id 2, wireType 0 =*/16).int32(message.pid);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_notify message from the specified reader or buffer.
     * @function decode
     * @memberof criu_notify
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_notify & criu_notify.$Shape} criu_notify
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_notify.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_notify();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.script = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.pid = reader.int32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        return message;
    };

    return criu_notify;
})();

export const criu_features = $root.criu_features = (() => {

    /**
     * Properties of a criu_features.
     * @typedef {Object} criu_features.$Properties
     * @property {boolean|null} [memTrack] criu_features memTrack
     * @property {boolean|null} [lazyPages] criu_features lazyPages
     * @property {boolean|null} [pidfdStore] criu_features pidfdStore
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_features.
     * @exports Icriu_features
     * @interface Icriu_features
     * @augments criu_features.$Properties
     * @deprecated Use criu_features.$Properties instead.
     */

    /**
     * Shape of a criu_features.
     * @typedef {criu_features.$Properties} criu_features.$Shape
     */

    /**
     * Constructs a new criu_features.
     * @exports criu_features
     * @classdesc Represents a criu_features.
     * @constructor
     * @param {criu_features.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_features = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_features memTrack.
     * @member {boolean} memTrack
     * @memberof criu_features
     * @instance
     */
    criu_features.prototype.memTrack = false;

    /**
     * criu_features lazyPages.
     * @member {boolean} lazyPages
     * @memberof criu_features
     * @instance
     */
    criu_features.prototype.lazyPages = false;

    /**
     * criu_features pidfdStore.
     * @member {boolean} pidfdStore
     * @memberof criu_features
     * @instance
     */
    criu_features.prototype.pidfdStore = false;

    /**
     * Encodes the specified criu_features message. Does not implicitly {@link criu_features.verify|verify} messages.
     * @function encode
     * @memberof criu_features
     * @static
     * @param {criu_features.$Properties} message criu_features message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_features.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        if (message.memTrack != null && $Object.hasOwnProperty.call(message, "memTrack"))
            writer.uint32(/* id 1, wireType 0 =*/8).bool(message.memTrack);
        if (message.lazyPages != null && $Object.hasOwnProperty.call(message, "lazyPages"))
            writer.uint32(/* id 2, wireType 0 =*/16).bool(message.lazyPages);
        if (message.pidfdStore != null && $Object.hasOwnProperty.call(message, "pidfdStore"))
            writer.uint32(/* id 3, wireType 0 =*/24).bool(message.pidfdStore);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_features message from the specified reader or buffer.
     * @function decode
     * @memberof criu_features
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_features & criu_features.$Shape} criu_features
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_features.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_features();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    message.memTrack = reader.bool();
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.lazyPages = reader.bool();
                    continue;
                }
            case 3: {
                    if (wireType !== 0)
                        break;
                    message.pidfdStore = reader.bool();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        return message;
    };

    return criu_features;
})();

export const criu_version = $root.criu_version = (() => {

    /**
     * Properties of a criu_version.
     * @typedef {Object} criu_version.$Properties
     * @property {number} majorNumber criu_version majorNumber
     * @property {number} minorNumber criu_version minorNumber
     * @property {string|null} [gitid] criu_version gitid
     * @property {number|null} [sublevel] criu_version sublevel
     * @property {number|null} [extra] criu_version extra
     * @property {string|null} [name] criu_version name
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_version.
     * @exports Icriu_version
     * @interface Icriu_version
     * @augments criu_version.$Properties
     * @deprecated Use criu_version.$Properties instead.
     */

    /**
     * Shape of a criu_version.
     * @typedef {criu_version.$Properties} criu_version.$Shape
     */

    /**
     * Constructs a new criu_version.
     * @exports criu_version
     * @classdesc Represents a criu_version.
     * @constructor
     * @param {criu_version.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_version = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_version majorNumber.
     * @member {number} majorNumber
     * @memberof criu_version
     * @instance
     */
    criu_version.prototype.majorNumber = 0;

    /**
     * criu_version minorNumber.
     * @member {number} minorNumber
     * @memberof criu_version
     * @instance
     */
    criu_version.prototype.minorNumber = 0;

    /**
     * criu_version gitid.
     * @member {string} gitid
     * @memberof criu_version
     * @instance
     */
    criu_version.prototype.gitid = "";

    /**
     * criu_version sublevel.
     * @member {number} sublevel
     * @memberof criu_version
     * @instance
     */
    criu_version.prototype.sublevel = 0;

    /**
     * criu_version extra.
     * @member {number} extra
     * @memberof criu_version
     * @instance
     */
    criu_version.prototype.extra = 0;

    /**
     * criu_version name.
     * @member {string} name
     * @memberof criu_version
     * @instance
     */
    criu_version.prototype.name = "";

    /**
     * Encodes the specified criu_version message. Does not implicitly {@link criu_version.verify|verify} messages.
     * @function encode
     * @memberof criu_version
     * @static
     * @param {criu_version.$Properties} message criu_version message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_version.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.majorNumber);
        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.minorNumber);
        if (message.gitid != null && $Object.hasOwnProperty.call(message, "gitid"))
            writer.uint32(/* id 3, wireType 2 =*/26).string(message.gitid);
        if (message.sublevel != null && $Object.hasOwnProperty.call(message, "sublevel"))
            writer.uint32(/* id 4, wireType 0 =*/32).int32(message.sublevel);
        if (message.extra != null && $Object.hasOwnProperty.call(message, "extra"))
            writer.uint32(/* id 5, wireType 0 =*/40).int32(message.extra);
        if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
            writer.uint32(/* id 6, wireType 2 =*/50).string(message.name);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_version message from the specified reader or buffer.
     * @function decode
     * @memberof criu_version
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_version & criu_version.$Shape} criu_version
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_version.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_version();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    message.majorNumber = reader.int32();
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.minorNumber = reader.int32();
                    continue;
                }
            case 3: {
                    if (wireType !== 2)
                        break;
                    message.gitid = reader.string();
                    continue;
                }
            case 4: {
                    if (wireType !== 0)
                        break;
                    message.sublevel = reader.int32();
                    continue;
                }
            case 5: {
                    if (wireType !== 0)
                        break;
                    message.extra = reader.int32();
                    continue;
                }
            case 6: {
                    if (wireType !== 2)
                        break;
                    message.name = reader.string();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "majorNumber"))
            throw $util.ProtocolError("missing required 'majorNumber'", { instance: message });
        if (!$Object.hasOwnProperty.call(message, "minorNumber"))
            throw $util.ProtocolError("missing required 'minorNumber'", { instance: message });
        return message;
    };

    return criu_version;
})();

export const criu_opts = $root.criu_opts = (() => {

    /**
     * Properties of a criu_opts.
     * @typedef {Object} criu_opts.$Properties
     * @property {number} imagesDirFd criu_opts imagesDirFd
     * @property {string|null} [imagesDir] criu_opts imagesDir
     * @property {number|null} [pid] criu_opts pid
     * @property {boolean|null} [leaveRunning] criu_opts leaveRunning
     * @property {boolean|null} [leaveStopped] criu_opts leaveStopped
     * @property {number|null} [timeout] criu_opts timeout
     * @property {string|null} [freezeCgroup] criu_opts freezeCgroup
     * @property {boolean|null} [evasiveDevices] criu_opts evasiveDevices
     * @property {boolean|null} [skipFileRwxCheck] criu_opts skipFileRwxCheck
     * @property {boolean|null} [shellJob] criu_opts shellJob
     * @property {boolean|null} [orphanPtsMaster] criu_opts orphanPtsMaster
     * @property {number|null} [workDirFd] criu_opts workDirFd
     * @property {number|null} [logLevel] criu_opts logLevel
     * @property {string|null} [logFile] criu_opts logFile
     * @property {boolean|null} [logToStderr] criu_opts logToStderr
     * @property {boolean|null} [displayStats] criu_opts displayStats
     * @property {boolean|null} [extUnixSk] criu_opts extUnixSk
     * @property {boolean|null} [tcpEstablished] criu_opts tcpEstablished
     * @property {boolean|null} [tcpSkipInFlight] criu_opts tcpSkipInFlight
     * @property {boolean|null} [tcpClose] criu_opts tcpClose
     * @property {criu_network_lock_method|null} [networkLock] criu_opts networkLock
     * @property {boolean|null} [fileLocks] criu_opts fileLocks
     * @property {boolean|null} [linkRemap] criu_opts linkRemap
     * @property {boolean|null} [forceIrmap] criu_opts forceIrmap
     * @property {Array.<string>|null} [irmapScanPaths] criu_opts irmapScanPaths
     * @property {number|null} [ghostLimit] criu_opts ghostLimit
     * @property {Array.<string>|null} [external] criu_opts external
     * @property {Array.<inherit_fd.$Properties>|null} [inheritFd] criu_opts inheritFd
     * @property {boolean|null} [rstSibling] criu_opts rstSibling
     * @property {Array.<string>|null} [execCmd] criu_opts execCmd
     * @property {boolean|null} [notifyScripts] criu_opts notifyScripts
     * @property {number|null} [statusFd] criu_opts statusFd
     * @property {string|null} [configFile] criu_opts configFile
     * @property {boolean|null} [unprivileged] criu_opts unprivileged
     * @property {criu_page_server_info.$Properties|null} [ps] criu_opts ps
     * @property {string|null} [parentImg] criu_opts parentImg
     * @property {boolean|null} [trackMem] criu_opts trackMem
     * @property {boolean|null} [autoDedup] criu_opts autoDedup
     * @property {boolean|null} [lazyPages] criu_opts lazyPages
     * @property {criu_pre_dump_mode|null} [preDumpMode] criu_opts preDumpMode
     * @property {number|null} [pidfdStoreSk] criu_opts pidfdStoreSk
     * @property {number|null} [cpuCap] criu_opts cpuCap
     * @property {string|null} [root] criu_opts root
     * @property {Array.<ext_mount_map.$Properties>|null} [extMnt] criu_opts extMnt
     * @property {boolean|null} [autoExtMnt] criu_opts autoExtMnt
     * @property {boolean|null} [extSharing] criu_opts extSharing
     * @property {boolean|null} [extMasters] criu_opts extMasters
     * @property {Array.<string>|null} [skipMnt] criu_opts skipMnt
     * @property {Array.<string>|null} [enableFs] criu_opts enableFs
     * @property {boolean|null} [mntnsCompatMode] criu_opts mntnsCompatMode
     * @property {number|null} [emptyNs] criu_opts emptyNs
     * @property {Array.<join_namespace.$Properties>|null} [joinNs] criu_opts joinNs
     * @property {boolean|null} [weakSysctls] criu_opts weakSysctls
     * @property {Array.<criu_veth_pair.$Properties>|null} [veths] criu_opts veths
     * @property {Array.<unix_sk.$Properties>|null} [unixSkIno] criu_opts unixSkIno
     * @property {boolean|null} [manageCgroups] criu_opts manageCgroups
     * @property {criu_cg_mode|null} [manageCgroupsMode] criu_opts manageCgroupsMode
     * @property {Array.<cgroup_root.$Properties>|null} [cgRoot] criu_opts cgRoot
     * @property {string|null} [cgroupProps] criu_opts cgroupProps
     * @property {string|null} [cgroupPropsFile] criu_opts cgroupPropsFile
     * @property {Array.<string>|null} [cgroupDumpController] criu_opts cgroupDumpController
     * @property {string|null} [cgroupYard] criu_opts cgroupYard
     * @property {string|null} [lsmProfile] criu_opts lsmProfile
     * @property {string|null} [lsmMountContext] criu_opts lsmMountContext
     * @property {string|null} [tlsCacert] criu_opts tlsCacert
     * @property {string|null} [tlsCacrl] criu_opts tlsCacrl
     * @property {string|null} [tlsCert] criu_opts tlsCert
     * @property {string|null} [tlsKey] criu_opts tlsKey
     * @property {boolean|null} [tls] criu_opts tls
     * @property {boolean|null} [tlsNoCnVerify] criu_opts tlsNoCnVerify
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_opts.
     * @exports Icriu_opts
     * @interface Icriu_opts
     * @augments criu_opts.$Properties
     * @deprecated Use criu_opts.$Properties instead.
     */

    /**
     * Shape of a criu_opts.
     * @typedef {criu_opts.$Properties} criu_opts.$Shape
     */

    /**
     * Constructs a new criu_opts.
     * @exports criu_opts
     * @classdesc Represents a criu_opts.
     * @constructor
     * @param {criu_opts.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_opts = function (properties) {
        this.irmapScanPaths = [];
        this.external = [];
        this.inheritFd = [];
        this.execCmd = [];
        this.extMnt = [];
        this.skipMnt = [];
        this.enableFs = [];
        this.joinNs = [];
        this.veths = [];
        this.unixSkIno = [];
        this.cgRoot = [];
        this.cgroupDumpController = [];
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_opts imagesDirFd.
     * @member {number} imagesDirFd
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.imagesDirFd = -1;

    /**
     * criu_opts imagesDir.
     * @member {string} imagesDir
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.imagesDir = "";

    /**
     * criu_opts pid.
     * @member {number} pid
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.pid = 0;

    /**
     * criu_opts leaveRunning.
     * @member {boolean} leaveRunning
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.leaveRunning = false;

    /**
     * criu_opts leaveStopped.
     * @member {boolean} leaveStopped
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.leaveStopped = false;

    /**
     * criu_opts timeout.
     * @member {number} timeout
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.timeout = 0;

    /**
     * criu_opts freezeCgroup.
     * @member {string} freezeCgroup
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.freezeCgroup = "";

    /**
     * criu_opts evasiveDevices.
     * @member {boolean} evasiveDevices
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.evasiveDevices = false;

    /**
     * criu_opts skipFileRwxCheck.
     * @member {boolean} skipFileRwxCheck
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.skipFileRwxCheck = false;

    /**
     * criu_opts shellJob.
     * @member {boolean} shellJob
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.shellJob = false;

    /**
     * criu_opts orphanPtsMaster.
     * @member {boolean} orphanPtsMaster
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.orphanPtsMaster = false;

    /**
     * criu_opts workDirFd.
     * @member {number} workDirFd
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.workDirFd = 0;

    /**
     * criu_opts logLevel.
     * @member {number} logLevel
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.logLevel = 2;

    /**
     * criu_opts logFile.
     * @member {string} logFile
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.logFile = "";

    /**
     * criu_opts logToStderr.
     * @member {boolean} logToStderr
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.logToStderr = false;

    /**
     * criu_opts displayStats.
     * @member {boolean} displayStats
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.displayStats = false;

    /**
     * criu_opts extUnixSk.
     * @member {boolean} extUnixSk
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.extUnixSk = false;

    /**
     * criu_opts tcpEstablished.
     * @member {boolean} tcpEstablished
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tcpEstablished = false;

    /**
     * criu_opts tcpSkipInFlight.
     * @member {boolean} tcpSkipInFlight
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tcpSkipInFlight = false;

    /**
     * criu_opts tcpClose.
     * @member {boolean} tcpClose
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tcpClose = false;

    /**
     * criu_opts networkLock.
     * @member {criu_network_lock_method} networkLock
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.networkLock = 1;

    /**
     * criu_opts fileLocks.
     * @member {boolean} fileLocks
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.fileLocks = false;

    /**
     * criu_opts linkRemap.
     * @member {boolean} linkRemap
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.linkRemap = false;

    /**
     * criu_opts forceIrmap.
     * @member {boolean} forceIrmap
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.forceIrmap = false;

    /**
     * criu_opts irmapScanPaths.
     * @member {Array.<string>} irmapScanPaths
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.irmapScanPaths = $util.emptyArray;

    /**
     * criu_opts ghostLimit.
     * @member {number} ghostLimit
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.ghostLimit = 1048576;

    /**
     * criu_opts external.
     * @member {Array.<string>} external
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.external = $util.emptyArray;

    /**
     * criu_opts inheritFd.
     * @member {Array.<inherit_fd.$Properties>} inheritFd
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.inheritFd = $util.emptyArray;

    /**
     * criu_opts rstSibling.
     * @member {boolean} rstSibling
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.rstSibling = false;

    /**
     * criu_opts execCmd.
     * @member {Array.<string>} execCmd
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.execCmd = $util.emptyArray;

    /**
     * criu_opts notifyScripts.
     * @member {boolean} notifyScripts
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.notifyScripts = false;

    /**
     * criu_opts statusFd.
     * @member {number} statusFd
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.statusFd = 0;

    /**
     * criu_opts configFile.
     * @member {string} configFile
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.configFile = "";

    /**
     * criu_opts unprivileged.
     * @member {boolean} unprivileged
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.unprivileged = false;

    /**
     * criu_opts ps.
     * @member {criu_page_server_info.$Properties|null|undefined} ps
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.ps = null;

    /**
     * criu_opts parentImg.
     * @member {string} parentImg
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.parentImg = "";

    /**
     * criu_opts trackMem.
     * @member {boolean} trackMem
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.trackMem = false;

    /**
     * criu_opts autoDedup.
     * @member {boolean} autoDedup
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.autoDedup = false;

    /**
     * criu_opts lazyPages.
     * @member {boolean} lazyPages
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.lazyPages = false;

    /**
     * criu_opts preDumpMode.
     * @member {criu_pre_dump_mode} preDumpMode
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.preDumpMode = 1;

    /**
     * criu_opts pidfdStoreSk.
     * @member {number} pidfdStoreSk
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.pidfdStoreSk = 0;

    /**
     * criu_opts cpuCap.
     * @member {number} cpuCap
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.cpuCap = 4294967295;

    /**
     * criu_opts root.
     * @member {string} root
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.root = "";

    /**
     * criu_opts extMnt.
     * @member {Array.<ext_mount_map.$Properties>} extMnt
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.extMnt = $util.emptyArray;

    /**
     * criu_opts autoExtMnt.
     * @member {boolean} autoExtMnt
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.autoExtMnt = false;

    /**
     * criu_opts extSharing.
     * @member {boolean} extSharing
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.extSharing = false;

    /**
     * criu_opts extMasters.
     * @member {boolean} extMasters
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.extMasters = false;

    /**
     * criu_opts skipMnt.
     * @member {Array.<string>} skipMnt
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.skipMnt = $util.emptyArray;

    /**
     * criu_opts enableFs.
     * @member {Array.<string>} enableFs
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.enableFs = $util.emptyArray;

    /**
     * criu_opts mntnsCompatMode.
     * @member {boolean} mntnsCompatMode
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.mntnsCompatMode = false;

    /**
     * criu_opts emptyNs.
     * @member {number} emptyNs
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.emptyNs = 0;

    /**
     * criu_opts joinNs.
     * @member {Array.<join_namespace.$Properties>} joinNs
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.joinNs = $util.emptyArray;

    /**
     * criu_opts weakSysctls.
     * @member {boolean} weakSysctls
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.weakSysctls = false;

    /**
     * criu_opts veths.
     * @member {Array.<criu_veth_pair.$Properties>} veths
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.veths = $util.emptyArray;

    /**
     * criu_opts unixSkIno.
     * @member {Array.<unix_sk.$Properties>} unixSkIno
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.unixSkIno = $util.emptyArray;

    /**
     * criu_opts manageCgroups.
     * @member {boolean} manageCgroups
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.manageCgroups = false;

    /**
     * criu_opts manageCgroupsMode.
     * @member {criu_cg_mode} manageCgroupsMode
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.manageCgroupsMode = 0;

    /**
     * criu_opts cgRoot.
     * @member {Array.<cgroup_root.$Properties>} cgRoot
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.cgRoot = $util.emptyArray;

    /**
     * criu_opts cgroupProps.
     * @member {string} cgroupProps
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.cgroupProps = "";

    /**
     * criu_opts cgroupPropsFile.
     * @member {string} cgroupPropsFile
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.cgroupPropsFile = "";

    /**
     * criu_opts cgroupDumpController.
     * @member {Array.<string>} cgroupDumpController
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.cgroupDumpController = $util.emptyArray;

    /**
     * criu_opts cgroupYard.
     * @member {string} cgroupYard
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.cgroupYard = "";

    /**
     * criu_opts lsmProfile.
     * @member {string} lsmProfile
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.lsmProfile = "";

    /**
     * criu_opts lsmMountContext.
     * @member {string} lsmMountContext
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.lsmMountContext = "";

    /**
     * criu_opts tlsCacert.
     * @member {string} tlsCacert
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tlsCacert = "";

    /**
     * criu_opts tlsCacrl.
     * @member {string} tlsCacrl
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tlsCacrl = "";

    /**
     * criu_opts tlsCert.
     * @member {string} tlsCert
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tlsCert = "";

    /**
     * criu_opts tlsKey.
     * @member {string} tlsKey
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tlsKey = "";

    /**
     * criu_opts tls.
     * @member {boolean} tls
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tls = false;

    /**
     * criu_opts tlsNoCnVerify.
     * @member {boolean} tlsNoCnVerify
     * @memberof criu_opts
     * @instance
     */
    criu_opts.prototype.tlsNoCnVerify = false;

    /**
     * Encodes the specified criu_opts message. Does not implicitly {@link criu_opts.verify|verify} messages.
     * @function encode
     * @memberof criu_opts
     * @static
     * @param {criu_opts.$Properties} message criu_opts message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_opts.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.imagesDirFd);
        if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
            writer.uint32(/* id 2, wireType 0 =*/16).int32(message.pid);
        if (message.leaveRunning != null && $Object.hasOwnProperty.call(message, "leaveRunning"))
            writer.uint32(/* id 3, wireType 0 =*/24).bool(message.leaveRunning);
        if (message.extUnixSk != null && $Object.hasOwnProperty.call(message, "extUnixSk"))
            writer.uint32(/* id 4, wireType 0 =*/32).bool(message.extUnixSk);
        if (message.tcpEstablished != null && $Object.hasOwnProperty.call(message, "tcpEstablished"))
            writer.uint32(/* id 5, wireType 0 =*/40).bool(message.tcpEstablished);
        if (message.evasiveDevices != null && $Object.hasOwnProperty.call(message, "evasiveDevices"))
            writer.uint32(/* id 6, wireType 0 =*/48).bool(message.evasiveDevices);
        if (message.shellJob != null && $Object.hasOwnProperty.call(message, "shellJob"))
            writer.uint32(/* id 7, wireType 0 =*/56).bool(message.shellJob);
        if (message.fileLocks != null && $Object.hasOwnProperty.call(message, "fileLocks"))
            writer.uint32(/* id 8, wireType 0 =*/64).bool(message.fileLocks);
        if (message.logLevel != null && $Object.hasOwnProperty.call(message, "logLevel"))
            writer.uint32(/* id 9, wireType 0 =*/72).int32(message.logLevel);
        if (message.logFile != null && $Object.hasOwnProperty.call(message, "logFile"))
            writer.uint32(/* id 10, wireType 2 =*/82).string(message.logFile);
        if (message.ps != null && $Object.hasOwnProperty.call(message, "ps"))
            $root.criu_page_server_info.encode(message.ps, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
        if (message.notifyScripts != null && $Object.hasOwnProperty.call(message, "notifyScripts"))
            writer.uint32(/* id 12, wireType 0 =*/96).bool(message.notifyScripts);
        if (message.root != null && $Object.hasOwnProperty.call(message, "root"))
            writer.uint32(/* id 13, wireType 2 =*/106).string(message.root);
        if (message.parentImg != null && $Object.hasOwnProperty.call(message, "parentImg"))
            writer.uint32(/* id 14, wireType 2 =*/114).string(message.parentImg);
        if (message.trackMem != null && $Object.hasOwnProperty.call(message, "trackMem"))
            writer.uint32(/* id 15, wireType 0 =*/120).bool(message.trackMem);
        if (message.autoDedup != null && $Object.hasOwnProperty.call(message, "autoDedup"))
            writer.uint32(/* id 16, wireType 0 =*/128).bool(message.autoDedup);
        if (message.workDirFd != null && $Object.hasOwnProperty.call(message, "workDirFd"))
            writer.uint32(/* id 17, wireType 0 =*/136).int32(message.workDirFd);
        if (message.linkRemap != null && $Object.hasOwnProperty.call(message, "linkRemap"))
            writer.uint32(/* id 18, wireType 0 =*/144).bool(message.linkRemap);
        if (message.veths != null && message.veths.length)
            for (let i = 0; i < message.veths.length; ++i)
                $root.criu_veth_pair.encode(message.veths[i], writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
        if (message.cpuCap != null && $Object.hasOwnProperty.call(message, "cpuCap"))
            writer.uint32(/* id 20, wireType 0 =*/160).uint32(message.cpuCap);
        if (message.forceIrmap != null && $Object.hasOwnProperty.call(message, "forceIrmap"))
            writer.uint32(/* id 21, wireType 0 =*/168).bool(message.forceIrmap);
        if (message.execCmd != null && message.execCmd.length)
            for (let i = 0; i < message.execCmd.length; ++i)
                writer.uint32(/* id 22, wireType 2 =*/178).string(message.execCmd[i]);
        if (message.extMnt != null && message.extMnt.length)
            for (let i = 0; i < message.extMnt.length; ++i)
                $root.ext_mount_map.encode(message.extMnt[i], writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
        if (message.manageCgroups != null && $Object.hasOwnProperty.call(message, "manageCgroups"))
            writer.uint32(/* id 24, wireType 0 =*/192).bool(message.manageCgroups);
        if (message.cgRoot != null && message.cgRoot.length)
            for (let i = 0; i < message.cgRoot.length; ++i)
                $root.cgroup_root.encode(message.cgRoot[i], writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
        if (message.rstSibling != null && $Object.hasOwnProperty.call(message, "rstSibling"))
            writer.uint32(/* id 26, wireType 0 =*/208).bool(message.rstSibling);
        if (message.inheritFd != null && message.inheritFd.length)
            for (let i = 0; i < message.inheritFd.length; ++i)
                $root.inherit_fd.encode(message.inheritFd[i], writer.uint32(/* id 27, wireType 2 =*/218).fork(), _depth + 1).ldelim();
        if (message.autoExtMnt != null && $Object.hasOwnProperty.call(message, "autoExtMnt"))
            writer.uint32(/* id 28, wireType 0 =*/224).bool(message.autoExtMnt);
        if (message.extSharing != null && $Object.hasOwnProperty.call(message, "extSharing"))
            writer.uint32(/* id 29, wireType 0 =*/232).bool(message.extSharing);
        if (message.extMasters != null && $Object.hasOwnProperty.call(message, "extMasters"))
            writer.uint32(/* id 30, wireType 0 =*/240).bool(message.extMasters);
        if (message.skipMnt != null && message.skipMnt.length)
            for (let i = 0; i < message.skipMnt.length; ++i)
                writer.uint32(/* id 31, wireType 2 =*/250).string(message.skipMnt[i]);
        if (message.enableFs != null && message.enableFs.length)
            for (let i = 0; i < message.enableFs.length; ++i)
                writer.uint32(/* id 32, wireType 2 =*/258).string(message.enableFs[i]);
        if (message.unixSkIno != null && message.unixSkIno.length)
            for (let i = 0; i < message.unixSkIno.length; ++i)
                $root.unix_sk.encode(message.unixSkIno[i], writer.uint32(/* id 33, wireType 2 =*/266).fork(), _depth + 1).ldelim();
        if (message.manageCgroupsMode != null && $Object.hasOwnProperty.call(message, "manageCgroupsMode"))
            writer.uint32(/* id 34, wireType 0 =*/272).int32(message.manageCgroupsMode);
        if (message.ghostLimit != null && $Object.hasOwnProperty.call(message, "ghostLimit"))
            writer.uint32(/* id 35, wireType 0 =*/280).uint32(message.ghostLimit);
        if (message.irmapScanPaths != null && message.irmapScanPaths.length)
            for (let i = 0; i < message.irmapScanPaths.length; ++i)
                writer.uint32(/* id 36, wireType 2 =*/290).string(message.irmapScanPaths[i]);
        if (message.external != null && message.external.length)
            for (let i = 0; i < message.external.length; ++i)
                writer.uint32(/* id 37, wireType 2 =*/298).string(message.external[i]);
        if (message.emptyNs != null && $Object.hasOwnProperty.call(message, "emptyNs"))
            writer.uint32(/* id 38, wireType 0 =*/304).uint32(message.emptyNs);
        if (message.joinNs != null && message.joinNs.length)
            for (let i = 0; i < message.joinNs.length; ++i)
                $root.join_namespace.encode(message.joinNs[i], writer.uint32(/* id 39, wireType 2 =*/314).fork(), _depth + 1).ldelim();
        if (message.cgroupProps != null && $Object.hasOwnProperty.call(message, "cgroupProps"))
            writer.uint32(/* id 41, wireType 2 =*/330).string(message.cgroupProps);
        if (message.cgroupPropsFile != null && $Object.hasOwnProperty.call(message, "cgroupPropsFile"))
            writer.uint32(/* id 42, wireType 2 =*/338).string(message.cgroupPropsFile);
        if (message.cgroupDumpController != null && message.cgroupDumpController.length)
            for (let i = 0; i < message.cgroupDumpController.length; ++i)
                writer.uint32(/* id 43, wireType 2 =*/346).string(message.cgroupDumpController[i]);
        if (message.freezeCgroup != null && $Object.hasOwnProperty.call(message, "freezeCgroup"))
            writer.uint32(/* id 44, wireType 2 =*/354).string(message.freezeCgroup);
        if (message.timeout != null && $Object.hasOwnProperty.call(message, "timeout"))
            writer.uint32(/* id 45, wireType 0 =*/360).uint32(message.timeout);
        if (message.tcpSkipInFlight != null && $Object.hasOwnProperty.call(message, "tcpSkipInFlight"))
            writer.uint32(/* id 46, wireType 0 =*/368).bool(message.tcpSkipInFlight);
        if (message.weakSysctls != null && $Object.hasOwnProperty.call(message, "weakSysctls"))
            writer.uint32(/* id 47, wireType 0 =*/376).bool(message.weakSysctls);
        if (message.lazyPages != null && $Object.hasOwnProperty.call(message, "lazyPages"))
            writer.uint32(/* id 48, wireType 0 =*/384).bool(message.lazyPages);
        if (message.statusFd != null && $Object.hasOwnProperty.call(message, "statusFd"))
            writer.uint32(/* id 49, wireType 0 =*/392).int32(message.statusFd);
        if (message.orphanPtsMaster != null && $Object.hasOwnProperty.call(message, "orphanPtsMaster"))
            writer.uint32(/* id 50, wireType 0 =*/400).bool(message.orphanPtsMaster);
        if (message.configFile != null && $Object.hasOwnProperty.call(message, "configFile"))
            writer.uint32(/* id 51, wireType 2 =*/410).string(message.configFile);
        if (message.tcpClose != null && $Object.hasOwnProperty.call(message, "tcpClose"))
            writer.uint32(/* id 52, wireType 0 =*/416).bool(message.tcpClose);
        if (message.lsmProfile != null && $Object.hasOwnProperty.call(message, "lsmProfile"))
            writer.uint32(/* id 53, wireType 2 =*/426).string(message.lsmProfile);
        if (message.tlsCacert != null && $Object.hasOwnProperty.call(message, "tlsCacert"))
            writer.uint32(/* id 54, wireType 2 =*/434).string(message.tlsCacert);
        if (message.tlsCacrl != null && $Object.hasOwnProperty.call(message, "tlsCacrl"))
            writer.uint32(/* id 55, wireType 2 =*/442).string(message.tlsCacrl);
        if (message.tlsCert != null && $Object.hasOwnProperty.call(message, "tlsCert"))
            writer.uint32(/* id 56, wireType 2 =*/450).string(message.tlsCert);
        if (message.tlsKey != null && $Object.hasOwnProperty.call(message, "tlsKey"))
            writer.uint32(/* id 57, wireType 2 =*/458).string(message.tlsKey);
        if (message.tls != null && $Object.hasOwnProperty.call(message, "tls"))
            writer.uint32(/* id 58, wireType 0 =*/464).bool(message.tls);
        if (message.tlsNoCnVerify != null && $Object.hasOwnProperty.call(message, "tlsNoCnVerify"))
            writer.uint32(/* id 59, wireType 0 =*/472).bool(message.tlsNoCnVerify);
        if (message.cgroupYard != null && $Object.hasOwnProperty.call(message, "cgroupYard"))
            writer.uint32(/* id 60, wireType 2 =*/482).string(message.cgroupYard);
        if (message.preDumpMode != null && $Object.hasOwnProperty.call(message, "preDumpMode"))
            writer.uint32(/* id 61, wireType 0 =*/488).int32(message.preDumpMode);
        if (message.pidfdStoreSk != null && $Object.hasOwnProperty.call(message, "pidfdStoreSk"))
            writer.uint32(/* id 62, wireType 0 =*/496).int32(message.pidfdStoreSk);
        if (message.lsmMountContext != null && $Object.hasOwnProperty.call(message, "lsmMountContext"))
            writer.uint32(/* id 63, wireType 2 =*/506).string(message.lsmMountContext);
        if (message.networkLock != null && $Object.hasOwnProperty.call(message, "networkLock"))
            writer.uint32(/* id 64, wireType 0 =*/512).int32(message.networkLock);
        if (message.mntnsCompatMode != null && $Object.hasOwnProperty.call(message, "mntnsCompatMode"))
            writer.uint32(/* id 65, wireType 0 =*/520).bool(message.mntnsCompatMode);
        if (message.skipFileRwxCheck != null && $Object.hasOwnProperty.call(message, "skipFileRwxCheck"))
            writer.uint32(/* id 66, wireType 0 =*/528).bool(message.skipFileRwxCheck);
        if (message.unprivileged != null && $Object.hasOwnProperty.call(message, "unprivileged"))
            writer.uint32(/* id 67, wireType 0 =*/536).bool(message.unprivileged);
        if (message.imagesDir != null && $Object.hasOwnProperty.call(message, "imagesDir"))
            writer.uint32(/* id 68, wireType 2 =*/546).string(message.imagesDir);
        if (message.leaveStopped != null && $Object.hasOwnProperty.call(message, "leaveStopped"))
            writer.uint32(/* id 69, wireType 0 =*/552).bool(message.leaveStopped);
        if (message.displayStats != null && $Object.hasOwnProperty.call(message, "displayStats"))
            writer.uint32(/* id 70, wireType 0 =*/560).bool(message.displayStats);
        if (message.logToStderr != null && $Object.hasOwnProperty.call(message, "logToStderr"))
            writer.uint32(/* id 71, wireType 0 =*/568).bool(message.logToStderr);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_opts message from the specified reader or buffer.
     * @function decode
     * @memberof criu_opts
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_opts & criu_opts.$Shape} criu_opts
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_opts.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message, value;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_opts();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    message.imagesDirFd = reader.int32();
                    continue;
                }
            case 68: {
                    if (wireType !== 2)
                        break;
                    message.imagesDir = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.pid = reader.int32();
                    continue;
                }
            case 3: {
                    if (wireType !== 0)
                        break;
                    message.leaveRunning = reader.bool();
                    continue;
                }
            case 69: {
                    if (wireType !== 0)
                        break;
                    message.leaveStopped = reader.bool();
                    continue;
                }
            case 45: {
                    if (wireType !== 0)
                        break;
                    message.timeout = reader.uint32();
                    continue;
                }
            case 44: {
                    if (wireType !== 2)
                        break;
                    message.freezeCgroup = reader.string();
                    continue;
                }
            case 6: {
                    if (wireType !== 0)
                        break;
                    message.evasiveDevices = reader.bool();
                    continue;
                }
            case 66: {
                    if (wireType !== 0)
                        break;
                    message.skipFileRwxCheck = reader.bool();
                    continue;
                }
            case 7: {
                    if (wireType !== 0)
                        break;
                    message.shellJob = reader.bool();
                    continue;
                }
            case 50: {
                    if (wireType !== 0)
                        break;
                    message.orphanPtsMaster = reader.bool();
                    continue;
                }
            case 17: {
                    if (wireType !== 0)
                        break;
                    message.workDirFd = reader.int32();
                    continue;
                }
            case 9: {
                    if (wireType !== 0)
                        break;
                    message.logLevel = reader.int32();
                    continue;
                }
            case 10: {
                    if (wireType !== 2)
                        break;
                    message.logFile = reader.string();
                    continue;
                }
            case 71: {
                    if (wireType !== 0)
                        break;
                    message.logToStderr = reader.bool();
                    continue;
                }
            case 70: {
                    if (wireType !== 0)
                        break;
                    message.displayStats = reader.bool();
                    continue;
                }
            case 4: {
                    if (wireType !== 0)
                        break;
                    message.extUnixSk = reader.bool();
                    continue;
                }
            case 5: {
                    if (wireType !== 0)
                        break;
                    message.tcpEstablished = reader.bool();
                    continue;
                }
            case 46: {
                    if (wireType !== 0)
                        break;
                    message.tcpSkipInFlight = reader.bool();
                    continue;
                }
            case 52: {
                    if (wireType !== 0)
                        break;
                    message.tcpClose = reader.bool();
                    continue;
                }
            case 64: {
                    if (wireType !== 0)
                        break;
                    value = reader.int32();
                    if ($root.criu_network_lock_method[value] !== $undefined)
                        message.networkLock = value;
                    else if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                    continue;
                }
            case 8: {
                    if (wireType !== 0)
                        break;
                    message.fileLocks = reader.bool();
                    continue;
                }
            case 18: {
                    if (wireType !== 0)
                        break;
                    message.linkRemap = reader.bool();
                    continue;
                }
            case 21: {
                    if (wireType !== 0)
                        break;
                    message.forceIrmap = reader.bool();
                    continue;
                }
            case 36: {
                    if (wireType !== 2)
                        break;
                    if (!(message.irmapScanPaths && message.irmapScanPaths.length))
                        message.irmapScanPaths = [];
                    message.irmapScanPaths.push(reader.string());
                    continue;
                }
            case 35: {
                    if (wireType !== 0)
                        break;
                    message.ghostLimit = reader.uint32();
                    continue;
                }
            case 37: {
                    if (wireType !== 2)
                        break;
                    if (!(message.external && message.external.length))
                        message.external = [];
                    message.external.push(reader.string());
                    continue;
                }
            case 27: {
                    if (wireType !== 2)
                        break;
                    if (!(message.inheritFd && message.inheritFd.length))
                        message.inheritFd = [];
                    message.inheritFd.push($root.inherit_fd.decode(reader, reader.size(), $undefined, _depth + 1));
                    continue;
                }
            case 26: {
                    if (wireType !== 0)
                        break;
                    message.rstSibling = reader.bool();
                    continue;
                }
            case 22: {
                    if (wireType !== 2)
                        break;
                    if (!(message.execCmd && message.execCmd.length))
                        message.execCmd = [];
                    message.execCmd.push(reader.string());
                    continue;
                }
            case 12: {
                    if (wireType !== 0)
                        break;
                    message.notifyScripts = reader.bool();
                    continue;
                }
            case 49: {
                    if (wireType !== 0)
                        break;
                    message.statusFd = reader.int32();
                    continue;
                }
            case 51: {
                    if (wireType !== 2)
                        break;
                    message.configFile = reader.string();
                    continue;
                }
            case 67: {
                    if (wireType !== 0)
                        break;
                    message.unprivileged = reader.bool();
                    continue;
                }
            case 11: {
                    if (wireType !== 2)
                        break;
                    message.ps = $root.criu_page_server_info.decode(reader, reader.size(), $undefined, _depth + 1, message.ps);
                    continue;
                }
            case 14: {
                    if (wireType !== 2)
                        break;
                    message.parentImg = reader.string();
                    continue;
                }
            case 15: {
                    if (wireType !== 0)
                        break;
                    message.trackMem = reader.bool();
                    continue;
                }
            case 16: {
                    if (wireType !== 0)
                        break;
                    message.autoDedup = reader.bool();
                    continue;
                }
            case 48: {
                    if (wireType !== 0)
                        break;
                    message.lazyPages = reader.bool();
                    continue;
                }
            case 61: {
                    if (wireType !== 0)
                        break;
                    value = reader.int32();
                    if ($root.criu_pre_dump_mode[value] !== $undefined)
                        message.preDumpMode = value;
                    else if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                    continue;
                }
            case 62: {
                    if (wireType !== 0)
                        break;
                    message.pidfdStoreSk = reader.int32();
                    continue;
                }
            case 20: {
                    if (wireType !== 0)
                        break;
                    message.cpuCap = reader.uint32();
                    continue;
                }
            case 13: {
                    if (wireType !== 2)
                        break;
                    message.root = reader.string();
                    continue;
                }
            case 23: {
                    if (wireType !== 2)
                        break;
                    if (!(message.extMnt && message.extMnt.length))
                        message.extMnt = [];
                    message.extMnt.push($root.ext_mount_map.decode(reader, reader.size(), $undefined, _depth + 1));
                    continue;
                }
            case 28: {
                    if (wireType !== 0)
                        break;
                    message.autoExtMnt = reader.bool();
                    continue;
                }
            case 29: {
                    if (wireType !== 0)
                        break;
                    message.extSharing = reader.bool();
                    continue;
                }
            case 30: {
                    if (wireType !== 0)
                        break;
                    message.extMasters = reader.bool();
                    continue;
                }
            case 31: {
                    if (wireType !== 2)
                        break;
                    if (!(message.skipMnt && message.skipMnt.length))
                        message.skipMnt = [];
                    message.skipMnt.push(reader.string());
                    continue;
                }
            case 32: {
                    if (wireType !== 2)
                        break;
                    if (!(message.enableFs && message.enableFs.length))
                        message.enableFs = [];
                    message.enableFs.push(reader.string());
                    continue;
                }
            case 65: {
                    if (wireType !== 0)
                        break;
                    message.mntnsCompatMode = reader.bool();
                    continue;
                }
            case 38: {
                    if (wireType !== 0)
                        break;
                    message.emptyNs = reader.uint32();
                    continue;
                }
            case 39: {
                    if (wireType !== 2)
                        break;
                    if (!(message.joinNs && message.joinNs.length))
                        message.joinNs = [];
                    message.joinNs.push($root.join_namespace.decode(reader, reader.size(), $undefined, _depth + 1));
                    continue;
                }
            case 47: {
                    if (wireType !== 0)
                        break;
                    message.weakSysctls = reader.bool();
                    continue;
                }
            case 19: {
                    if (wireType !== 2)
                        break;
                    if (!(message.veths && message.veths.length))
                        message.veths = [];
                    message.veths.push($root.criu_veth_pair.decode(reader, reader.size(), $undefined, _depth + 1));
                    continue;
                }
            case 33: {
                    if (wireType !== 2)
                        break;
                    if (!(message.unixSkIno && message.unixSkIno.length))
                        message.unixSkIno = [];
                    message.unixSkIno.push($root.unix_sk.decode(reader, reader.size(), $undefined, _depth + 1));
                    continue;
                }
            case 24: {
                    if (wireType !== 0)
                        break;
                    message.manageCgroups = reader.bool();
                    continue;
                }
            case 34: {
                    if (wireType !== 0)
                        break;
                    value = reader.int32();
                    if ($root.criu_cg_mode[value] !== $undefined)
                        message.manageCgroupsMode = value;
                    else if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                    continue;
                }
            case 25: {
                    if (wireType !== 2)
                        break;
                    if (!(message.cgRoot && message.cgRoot.length))
                        message.cgRoot = [];
                    message.cgRoot.push($root.cgroup_root.decode(reader, reader.size(), $undefined, _depth + 1));
                    continue;
                }
            case 41: {
                    if (wireType !== 2)
                        break;
                    message.cgroupProps = reader.string();
                    continue;
                }
            case 42: {
                    if (wireType !== 2)
                        break;
                    message.cgroupPropsFile = reader.string();
                    continue;
                }
            case 43: {
                    if (wireType !== 2)
                        break;
                    if (!(message.cgroupDumpController && message.cgroupDumpController.length))
                        message.cgroupDumpController = [];
                    message.cgroupDumpController.push(reader.string());
                    continue;
                }
            case 60: {
                    if (wireType !== 2)
                        break;
                    message.cgroupYard = reader.string();
                    continue;
                }
            case 53: {
                    if (wireType !== 2)
                        break;
                    message.lsmProfile = reader.string();
                    continue;
                }
            case 63: {
                    if (wireType !== 2)
                        break;
                    message.lsmMountContext = reader.string();
                    continue;
                }
            case 54: {
                    if (wireType !== 2)
                        break;
                    message.tlsCacert = reader.string();
                    continue;
                }
            case 55: {
                    if (wireType !== 2)
                        break;
                    message.tlsCacrl = reader.string();
                    continue;
                }
            case 56: {
                    if (wireType !== 2)
                        break;
                    message.tlsCert = reader.string();
                    continue;
                }
            case 57: {
                    if (wireType !== 2)
                        break;
                    message.tlsKey = reader.string();
                    continue;
                }
            case 58: {
                    if (wireType !== 0)
                        break;
                    message.tls = reader.bool();
                    continue;
                }
            case 59: {
                    if (wireType !== 0)
                        break;
                    message.tlsNoCnVerify = reader.bool();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "imagesDirFd"))
            throw $util.ProtocolError("missing required 'imagesDirFd'", { instance: message });
        return message;
    };

    return criu_opts;
})();

/**
 * criu_cg_mode enum.
 * @name criu_cg_mode
 * @enum {number}
 * @property {number} IGNORE=0 IGNORE value
 * @property {number} CG_NONE=1 CG_NONE value
 * @property {number} PROPS=2 PROPS value
 * @property {number} SOFT=3 SOFT value
 * @property {number} FULL=4 FULL value
 * @property {number} STRICT=5 STRICT value
 * @property {number} DEFAULT=6 DEFAULT value
 */
export const criu_cg_mode = $root.criu_cg_mode = (() => {
    const valuesById = $Object.create(null), values = $Object.create(valuesById);
    values[valuesById[0] = "IGNORE"] = 0;
    values[valuesById[1] = "CG_NONE"] = 1;
    values[valuesById[2] = "PROPS"] = 2;
    values[valuesById[3] = "SOFT"] = 3;
    values[valuesById[4] = "FULL"] = 4;
    values[valuesById[5] = "STRICT"] = 5;
    values[valuesById[6] = "DEFAULT"] = 6;
    return values;
})();

/**
 * criu_network_lock_method enum.
 * @name criu_network_lock_method
 * @enum {number}
 * @property {number} IPTABLES=1 IPTABLES value
 * @property {number} NFTABLES=2 NFTABLES value
 * @property {number} SKIP=3 SKIP value
 */
export const criu_network_lock_method = $root.criu_network_lock_method = (() => {
    const valuesById = $Object.create(null), values = $Object.create(valuesById);
    values[valuesById[1] = "IPTABLES"] = 1;
    values[valuesById[2] = "NFTABLES"] = 2;
    values[valuesById[3] = "SKIP"] = 3;
    return values;
})();

/**
 * criu_pre_dump_mode enum.
 * @name criu_pre_dump_mode
 * @enum {number}
 * @property {number} SPLICE=1 SPLICE value
 * @property {number} VM_READ=2 VM_READ value
 */
export const criu_pre_dump_mode = $root.criu_pre_dump_mode = (() => {
    const valuesById = $Object.create(null), values = $Object.create(valuesById);
    values[valuesById[1] = "SPLICE"] = 1;
    values[valuesById[2] = "VM_READ"] = 2;
    return values;
})();

export const inherit_fd = $root.inherit_fd = (() => {

    /**
     * Properties of an inherit_fd.
     * @typedef {Object} inherit_fd.$Properties
     * @property {string} key inherit_fd key
     * @property {number} fd inherit_fd fd
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of an inherit_fd.
     * @exports Iinherit_fd
     * @interface Iinherit_fd
     * @augments inherit_fd.$Properties
     * @deprecated Use inherit_fd.$Properties instead.
     */

    /**
     * Shape of an inherit_fd.
     * @typedef {inherit_fd.$Properties} inherit_fd.$Shape
     */

    /**
     * Constructs a new inherit_fd.
     * @exports inherit_fd
     * @classdesc Represents an inherit_fd.
     * @constructor
     * @param {inherit_fd.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const inherit_fd = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * inherit_fd key.
     * @member {string} key
     * @memberof inherit_fd
     * @instance
     */
    inherit_fd.prototype.key = "";

    /**
     * inherit_fd fd.
     * @member {number} fd
     * @memberof inherit_fd
     * @instance
     */
    inherit_fd.prototype.fd = 0;

    /**
     * Encodes the specified inherit_fd message. Does not implicitly {@link inherit_fd.verify|verify} messages.
     * @function encode
     * @memberof inherit_fd
     * @static
     * @param {inherit_fd.$Properties} message inherit_fd message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    inherit_fd.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.fd);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes an inherit_fd message from the specified reader or buffer.
     * @function decode
     * @memberof inherit_fd
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {inherit_fd & inherit_fd.$Shape} inherit_fd
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    inherit_fd.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.inherit_fd();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.key = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.fd = reader.int32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "key"))
            throw $util.ProtocolError("missing required 'key'", { instance: message });
        if (!$Object.hasOwnProperty.call(message, "fd"))
            throw $util.ProtocolError("missing required 'fd'", { instance: message });
        return message;
    };

    return inherit_fd;
})();

export const criu_page_server_info = $root.criu_page_server_info = (() => {

    /**
     * Properties of a criu_page_server_info.
     * @typedef {Object} criu_page_server_info.$Properties
     * @property {string|null} [address] criu_page_server_info address
     * @property {number|null} [port] criu_page_server_info port
     * @property {number|null} [pid] criu_page_server_info pid
     * @property {number|null} [fd] criu_page_server_info fd
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_page_server_info.
     * @exports Icriu_page_server_info
     * @interface Icriu_page_server_info
     * @augments criu_page_server_info.$Properties
     * @deprecated Use criu_page_server_info.$Properties instead.
     */

    /**
     * Shape of a criu_page_server_info.
     * @typedef {criu_page_server_info.$Properties} criu_page_server_info.$Shape
     */

    /**
     * Constructs a new criu_page_server_info.
     * @exports criu_page_server_info
     * @classdesc Represents a criu_page_server_info.
     * @constructor
     * @param {criu_page_server_info.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_page_server_info = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_page_server_info address.
     * @member {string} address
     * @memberof criu_page_server_info
     * @instance
     */
    criu_page_server_info.prototype.address = "";

    /**
     * criu_page_server_info port.
     * @member {number} port
     * @memberof criu_page_server_info
     * @instance
     */
    criu_page_server_info.prototype.port = 0;

    /**
     * criu_page_server_info pid.
     * @member {number} pid
     * @memberof criu_page_server_info
     * @instance
     */
    criu_page_server_info.prototype.pid = 0;

    /**
     * criu_page_server_info fd.
     * @member {number} fd
     * @memberof criu_page_server_info
     * @instance
     */
    criu_page_server_info.prototype.fd = 0;

    /**
     * Encodes the specified criu_page_server_info message. Does not implicitly {@link criu_page_server_info.verify|verify} messages.
     * @function encode
     * @memberof criu_page_server_info
     * @static
     * @param {criu_page_server_info.$Properties} message criu_page_server_info message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_page_server_info.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        if (message.address != null && $Object.hasOwnProperty.call(message, "address"))
            writer.uint32(/* id 1, wireType 2 =*/10).string(message.address);
        if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
            writer.uint32(/* id 2, wireType 0 =*/16).int32(message.port);
        if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
            writer.uint32(/* id 3, wireType 0 =*/24).int32(message.pid);
        if (message.fd != null && $Object.hasOwnProperty.call(message, "fd"))
            writer.uint32(/* id 4, wireType 0 =*/32).int32(message.fd);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_page_server_info message from the specified reader or buffer.
     * @function decode
     * @memberof criu_page_server_info
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_page_server_info & criu_page_server_info.$Shape} criu_page_server_info
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_page_server_info.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_page_server_info();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.address = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 0)
                        break;
                    message.port = reader.int32();
                    continue;
                }
            case 3: {
                    if (wireType !== 0)
                        break;
                    message.pid = reader.int32();
                    continue;
                }
            case 4: {
                    if (wireType !== 0)
                        break;
                    message.fd = reader.int32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        return message;
    };

    return criu_page_server_info;
})();

export const join_namespace = $root.join_namespace = (() => {

    /**
     * Properties of a join_namespace.
     * @typedef {Object} join_namespace.$Properties
     * @property {string} ns join_namespace ns
     * @property {string} nsFile join_namespace nsFile
     * @property {string|null} [extraOpt] join_namespace extraOpt
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a join_namespace.
     * @exports Ijoin_namespace
     * @interface Ijoin_namespace
     * @augments join_namespace.$Properties
     * @deprecated Use join_namespace.$Properties instead.
     */

    /**
     * Shape of a join_namespace.
     * @typedef {join_namespace.$Properties} join_namespace.$Shape
     */

    /**
     * Constructs a new join_namespace.
     * @exports join_namespace
     * @classdesc Represents a join_namespace.
     * @constructor
     * @param {join_namespace.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const join_namespace = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * join_namespace ns.
     * @member {string} ns
     * @memberof join_namespace
     * @instance
     */
    join_namespace.prototype.ns = "";

    /**
     * join_namespace nsFile.
     * @member {string} nsFile
     * @memberof join_namespace
     * @instance
     */
    join_namespace.prototype.nsFile = "";

    /**
     * join_namespace extraOpt.
     * @member {string} extraOpt
     * @memberof join_namespace
     * @instance
     */
    join_namespace.prototype.extraOpt = "";

    /**
     * Encodes the specified join_namespace message. Does not implicitly {@link join_namespace.verify|verify} messages.
     * @function encode
     * @memberof join_namespace
     * @static
     * @param {join_namespace.$Properties} message join_namespace message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    join_namespace.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 2 =*/10).string(message.ns);
        writer.uint32(/* id 2, wireType 2 =*/18).string(message.nsFile);
        if (message.extraOpt != null && $Object.hasOwnProperty.call(message, "extraOpt"))
            writer.uint32(/* id 3, wireType 2 =*/26).string(message.extraOpt);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a join_namespace message from the specified reader or buffer.
     * @function decode
     * @memberof join_namespace
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {join_namespace & join_namespace.$Shape} join_namespace
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    join_namespace.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.join_namespace();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.ns = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 2)
                        break;
                    message.nsFile = reader.string();
                    continue;
                }
            case 3: {
                    if (wireType !== 2)
                        break;
                    message.extraOpt = reader.string();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "ns"))
            throw $util.ProtocolError("missing required 'ns'", { instance: message });
        if (!$Object.hasOwnProperty.call(message, "nsFile"))
            throw $util.ProtocolError("missing required 'nsFile'", { instance: message });
        return message;
    };

    return join_namespace;
})();

export const cgroup_root = $root.cgroup_root = (() => {

    /**
     * Properties of a cgroup_root.
     * @typedef {Object} cgroup_root.$Properties
     * @property {string|null} [ctrl] cgroup_root ctrl
     * @property {string} path cgroup_root path
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a cgroup_root.
     * @exports Icgroup_root
     * @interface Icgroup_root
     * @augments cgroup_root.$Properties
     * @deprecated Use cgroup_root.$Properties instead.
     */

    /**
     * Shape of a cgroup_root.
     * @typedef {cgroup_root.$Properties} cgroup_root.$Shape
     */

    /**
     * Constructs a new cgroup_root.
     * @exports cgroup_root
     * @classdesc Represents a cgroup_root.
     * @constructor
     * @param {cgroup_root.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const cgroup_root = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * cgroup_root ctrl.
     * @member {string} ctrl
     * @memberof cgroup_root
     * @instance
     */
    cgroup_root.prototype.ctrl = "";

    /**
     * cgroup_root path.
     * @member {string} path
     * @memberof cgroup_root
     * @instance
     */
    cgroup_root.prototype.path = "";

    /**
     * Encodes the specified cgroup_root message. Does not implicitly {@link cgroup_root.verify|verify} messages.
     * @function encode
     * @memberof cgroup_root
     * @static
     * @param {cgroup_root.$Properties} message cgroup_root message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    cgroup_root.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        if (message.ctrl != null && $Object.hasOwnProperty.call(message, "ctrl"))
            writer.uint32(/* id 1, wireType 2 =*/10).string(message.ctrl);
        writer.uint32(/* id 2, wireType 2 =*/18).string(message.path);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a cgroup_root message from the specified reader or buffer.
     * @function decode
     * @memberof cgroup_root
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {cgroup_root & cgroup_root.$Shape} cgroup_root
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    cgroup_root.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.cgroup_root();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.ctrl = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 2)
                        break;
                    message.path = reader.string();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "path"))
            throw $util.ProtocolError("missing required 'path'", { instance: message });
        return message;
    };

    return cgroup_root;
})();

export const criu_veth_pair = $root.criu_veth_pair = (() => {

    /**
     * Properties of a criu_veth_pair.
     * @typedef {Object} criu_veth_pair.$Properties
     * @property {string} ifIn criu_veth_pair ifIn
     * @property {string} ifOut criu_veth_pair ifOut
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a criu_veth_pair.
     * @exports Icriu_veth_pair
     * @interface Icriu_veth_pair
     * @augments criu_veth_pair.$Properties
     * @deprecated Use criu_veth_pair.$Properties instead.
     */

    /**
     * Shape of a criu_veth_pair.
     * @typedef {criu_veth_pair.$Properties} criu_veth_pair.$Shape
     */

    /**
     * Constructs a new criu_veth_pair.
     * @exports criu_veth_pair
     * @classdesc Represents a criu_veth_pair.
     * @constructor
     * @param {criu_veth_pair.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const criu_veth_pair = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * criu_veth_pair ifIn.
     * @member {string} ifIn
     * @memberof criu_veth_pair
     * @instance
     */
    criu_veth_pair.prototype.ifIn = "";

    /**
     * criu_veth_pair ifOut.
     * @member {string} ifOut
     * @memberof criu_veth_pair
     * @instance
     */
    criu_veth_pair.prototype.ifOut = "";

    /**
     * Encodes the specified criu_veth_pair message. Does not implicitly {@link criu_veth_pair.verify|verify} messages.
     * @function encode
     * @memberof criu_veth_pair
     * @static
     * @param {criu_veth_pair.$Properties} message criu_veth_pair message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    criu_veth_pair.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 2 =*/10).string(message.ifIn);
        writer.uint32(/* id 2, wireType 2 =*/18).string(message.ifOut);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a criu_veth_pair message from the specified reader or buffer.
     * @function decode
     * @memberof criu_veth_pair
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {criu_veth_pair & criu_veth_pair.$Shape} criu_veth_pair
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    criu_veth_pair.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.criu_veth_pair();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.ifIn = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 2)
                        break;
                    message.ifOut = reader.string();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "ifIn"))
            throw $util.ProtocolError("missing required 'ifIn'", { instance: message });
        if (!$Object.hasOwnProperty.call(message, "ifOut"))
            throw $util.ProtocolError("missing required 'ifOut'", { instance: message });
        return message;
    };

    return criu_veth_pair;
})();

export const ext_mount_map = $root.ext_mount_map = (() => {

    /**
     * Properties of an ext_mount_map.
     * @typedef {Object} ext_mount_map.$Properties
     * @property {string} key ext_mount_map key
     * @property {string} val ext_mount_map val
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of an ext_mount_map.
     * @exports Iext_mount_map
     * @interface Iext_mount_map
     * @augments ext_mount_map.$Properties
     * @deprecated Use ext_mount_map.$Properties instead.
     */

    /**
     * Shape of an ext_mount_map.
     * @typedef {ext_mount_map.$Properties} ext_mount_map.$Shape
     */

    /**
     * Constructs a new ext_mount_map.
     * @exports ext_mount_map
     * @classdesc Represents an ext_mount_map.
     * @constructor
     * @param {ext_mount_map.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const ext_mount_map = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * ext_mount_map key.
     * @member {string} key
     * @memberof ext_mount_map
     * @instance
     */
    ext_mount_map.prototype.key = "";

    /**
     * ext_mount_map val.
     * @member {string} val
     * @memberof ext_mount_map
     * @instance
     */
    ext_mount_map.prototype.val = "";

    /**
     * Encodes the specified ext_mount_map message. Does not implicitly {@link ext_mount_map.verify|verify} messages.
     * @function encode
     * @memberof ext_mount_map
     * @static
     * @param {ext_mount_map.$Properties} message ext_mount_map message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    ext_mount_map.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
        writer.uint32(/* id 2, wireType 2 =*/18).string(message.val);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes an ext_mount_map message from the specified reader or buffer.
     * @function decode
     * @memberof ext_mount_map
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {ext_mount_map & ext_mount_map.$Shape} ext_mount_map
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    ext_mount_map.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.ext_mount_map();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 2)
                        break;
                    message.key = reader.string();
                    continue;
                }
            case 2: {
                    if (wireType !== 2)
                        break;
                    message.val = reader.string();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "key"))
            throw $util.ProtocolError("missing required 'key'", { instance: message });
        if (!$Object.hasOwnProperty.call(message, "val"))
            throw $util.ProtocolError("missing required 'val'", { instance: message });
        return message;
    };

    return ext_mount_map;
})();

export const unix_sk = $root.unix_sk = (() => {

    /**
     * Properties of a unix_sk.
     * @typedef {Object} unix_sk.$Properties
     * @property {number} inode unix_sk inode
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */

    /**
     * Properties of a unix_sk.
     * @exports Iunix_sk
     * @interface Iunix_sk
     * @augments unix_sk.$Properties
     * @deprecated Use unix_sk.$Properties instead.
     */

    /**
     * Shape of a unix_sk.
     * @typedef {unix_sk.$Properties} unix_sk.$Shape
     */

    /**
     * Constructs a new unix_sk.
     * @exports unix_sk
     * @classdesc Represents a unix_sk.
     * @constructor
     * @param {unix_sk.$Properties=} [properties] Properties to set
     * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
     */
    const unix_sk = function (properties) {
        if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                if (properties[keys[i]] != null && keys[i] !== "__proto__")
                    this[keys[i]] = properties[keys[i]];
    };

    /**
     * unix_sk inode.
     * @member {number} inode
     * @memberof unix_sk
     * @instance
     */
    unix_sk.prototype.inode = 0;

    /**
     * Encodes the specified unix_sk message. Does not implicitly {@link unix_sk.verify|verify} messages.
     * @function encode
     * @memberof unix_sk
     * @static
     * @param {unix_sk.$Properties} message unix_sk message or plain object to encode
     * @param {$protobuf.Writer} [writer] Writer to encode to
     * @returns {$protobuf.Writer} Writer
     */
    unix_sk.encode = function (message, writer, _depth) {
        if (!writer)
            writer = $Writer.create();
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $util.recursionLimit)
            throw $Error("max depth exceeded");
        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.inode);
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
            for (let i = 0; i < message.$unknowns.length; ++i)
                writer.raw(message.$unknowns[i]);
        return writer;
    };

    /**
     * Decodes a unix_sk message from the specified reader or buffer.
     * @function decode
     * @memberof unix_sk
     * @static
     * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
     * @param {number} [length] Message length if known beforehand
     * @returns {unix_sk & unix_sk.$Shape} unix_sk
     * @throws {Error} If the payload is not a reader or valid buffer
     * @throws {$protobuf.util.ProtocolError} If required fields are missing
     */
    unix_sk.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader))
            reader = $Reader.create(reader);
        if (_depth === $undefined)
            _depth = 0;
        if (_depth > $Reader.recursionLimit)
            throw $Error("max depth exceeded");
        let end, message;
        if (length === $undefined)
            end = reader.len;
        else {
            end = reader.pos + length;
            if (end > reader.len)
                throw $RangeError("index out of range");
            length = reader.len;
            reader.len = end;
        }
        message = _target || new $root.unix_sk();
        while (reader.pos < end) {
            let start = reader.pos;
            let tag = reader.tag();
            if (tag === _end) {
                _end = $undefined;
                break;
            }
            let wireType = tag & 7;
            switch (tag >>>= 3) {
            case 1: {
                    if (wireType !== 0)
                        break;
                    message.inode = reader.uint32();
                    continue;
                }
            }
            reader.skipType(wireType, _depth, tag);
            if (!reader.discardUnknown) {
                $util.makeProp(message, "$unknowns", false);
                (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
            }
        }
        if (length !== $undefined) {
            if (reader.pos !== end)
                throw $RangeError("index out of range");
            reader.len = length;
        }
        if (_end !== $undefined)
            throw $Error("missing end group");
        if (!$Object.hasOwnProperty.call(message, "inode"))
            throw $util.ProtocolError("missing required 'inode'", { instance: message });
        return message;
    };

    return unix_sk;
})();

export {
  $root as default
};
