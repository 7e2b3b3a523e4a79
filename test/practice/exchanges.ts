/**
 * One script of exchanges for the practice VM and real QEMU. A line is a command:
 *   add ID LIMITS-JSON      object-add        set ID LIMITS-JSON   qom-set limits      get ID   qom-get limits
 *   del ID                  object-del        raw JSON             the text as it is
 *   unplug ID               device_del
 * A line that starts with "= " says what the refusal of the command before is; "= ok" that there is none.
 */
export const SCRIPT = String.raw`
raw {"execute":"query-name"}
= CommandNotFound: Expecting capabilities negotiation with 'qmp_capabilities'
raw {"execute":"nosuch"}
= CommandNotFound: Expecting capabilities negotiation with 'qmp_capabilities'
raw {"execute":"qmp_capabilities","arguments":{"foo":1}}
= GenericError: Parameter 'foo' is unexpected
raw {"execute":"qmp_capabilities","id":1}
= ok
raw {"execute":"qmp_capabilities"}
= CommandNotFound: Capabilities negotiation is already complete, command ignored
raw {"execute":"qmp_capabilities","arguments":{"enable":["nosuch"]}}
raw {"execute":"query-name"}
raw {"execute":"query-uuid"}
raw {"execute":"query-iothreads"}
raw {"execute":"query-block-jobs"}
raw {"execute":"query-migrate"}

raw []
= GenericError: QMP input must be a JSON object
raw 5
raw "text"
raw null
raw {}
= GenericError: QMP input lacks member 'execute'
raw {"execute":5}
= GenericError: QMP input member 'execute' must be a string
raw {"execute":"query-name","arguments":[]}
= GenericError: QMP input member 'arguments' must be an object
raw {"execute":"nosuch","arguments":[]}
raw {"execute":"query-name","arguments":{"a":1}}
= GenericError: Parameter 'a' is unexpected
raw {"execute":"query-name","foo":1}
= GenericError: QMP input member 'foo' is unexpected
raw {"exec-oob":"query-name"}
raw {"execute":"query-name","id":{"a":[1,2.5,"x",null,true]}}
raw {"execute":"query-name","id":9007199254740993}
raw {"execute":"query-name","id":-9223372036854775808}
raw {"execute":"query-name","id":"ü🐳"}
raw {"execute":"nosuch","id":[7]}
raw {"execute":"query-name",}
= GenericError: JSON parse error, expecting value
raw {"execute":"a","execute":"b","id":3}
= GenericError: JSON parse error, duplicate key
raw {"execute":"nosuch","arguments":{}}
= CommandNotFound: The command nosuch has not been found
raw {"execute":"__proto__"}
raw {"execute":"constructor"}
raw {"execute":"toString"}
raw {"execute":""}

raw {"execute":"object-add"}
= GenericError: Parameter 'qom-type' is missing
raw {"execute":"object-add","arguments":{"id":"a"}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group"}}
= GenericError: Parameter 'id' is missing
raw {"execute":"object-add","arguments":{"qom-type":5,"id":"a"}}
= GenericError: Invalid parameter type for 'qom-type', expected: string
raw {"execute":"object-add","arguments":{"qom-type":"nosuch","id":"a"}}
= GenericError: Parameter 'qom-type' does not accept value 'nosuch'
raw {"execute":"object-add","arguments":{"qom-type":"nosuch"}}
raw {"execute":"object-add","arguments":{"qom-type":"nosuch","id":5}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":5}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":null}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","props":{"limits":{}}}}
= GenericError: Parameter 'props' is unexpected
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"1a","foo":{}}}
= GenericError: Parameter 'foo' is unexpected
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","__proto__":{}}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","limits":[]}}
= GenericError: Invalid parameter type for 'limits', expected: object
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","limits":null}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","limits":{"iops-total":"x"},"zoo":1}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","limits":{"foo":1},"zoo":1}}
= GenericError: Parameter 'limits.foo' is unexpected
add 1a {}
= GenericError: Parameter 'id' expects an identifier
add  {}
add -a {}
add _a {}
add .a {}
add a/b {}
add a\\b {}
add a\"b {}
add a,b {}
add a:b {}
add a=b {}
add a#b {}
add ü {}
add 🐳 {}
add a\nb {}
add a\u0001b {}
add 1a {"iops-total":-1}
= GenericError: Parameter 'id' expects an identifier
add 1a {"iops-total":"1"}
= GenericError: Invalid parameter type for 'limits.iops-total', expected: integer
add type {}
= GenericError: attempt to add duplicate property 'type' to object (type 'container')
add a {}
= ok
get a
add a {}
= GenericError: attempt to add duplicate property 'a' to object (type 'container')
add a {"iops-total":-1}
= GenericError: bps/iops/max values must be within [0, 1000000000000000]
add throttle-gold {"iops-total":1}
= GenericError: attempt to add duplicate property 'throttle-gold' to object (type 'container')
add __proto__ {}
add constructor {"iops-total":1}
= ok
get constructor
del constructor
= ok
del constructor
= GenericError: object 'constructor' not found
get constructor
add A-b_c.d9 {"bps-total":1}
= ok
del A-b_c.d9
add ${'x'.repeat(1000)} {}
= ok
del ${'x'.repeat(1000)}

raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"x","x-iops-total":-1}}
= GenericError: Property values cannot be negative
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"x","x-iops-total":"5"}}
= GenericError: Invalid parameter type for 'x-iops-total', expected: integer
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"x","x-iops-total":5,"x-iops-total-max":3}}
= GenericError: bps_max/iops_max cannot be lower than bps/iops
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"a","x-iops-total":5,"x-iops-total-max":3}}
= GenericError: attempt to add duplicate property 'a' to object (type 'container')
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"x","x-iops-total":5,"x-iops-total-max-length":4294967296}}
raw {"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"x","x-iops-total":5,"limits":{"bps-total":7}}}
= ok
get x
raw {"execute":"qom-get","arguments":{"path":"/objects/x","property":"x-iops-total"}}
raw {"execute":"qom-set","arguments":{"path":"/objects/x","property":"x-iops-total","value":5}}
= GenericError: Property cannot be set after initialization
del x

set a {"iops-total":100,"iops-total-max":200,"iops-total-max-length":10}
= ok
get a
set a {"iops-total-max":150}
= ok
get a
set a {}
= ok
set a {"iops-total":0}
= GenericError: bps_max/iops_max require corresponding bps/iops values
set a {"iops-read":5}
= GenericError: bps/iops/max total values and read/write values cannot be used at the same time
set a {"iops-total":0,"iops-read":5}
set a {"iops-total":0,"iops-total-max":0,"iops-read":5}
= GenericError: burst length set without burst rate
get a
set a {"iops-total":0,"iops-total-max":0,"iops-total-max-length":1,"iops-read":5}
= ok
get a
set a {"iops-read":0}
= ok
set a {"iops-total":5,"bps-read":7}
= ok
set a {"bps-total":5}
= GenericError: bps/iops/max total values and read/write values cannot be used at the same time
set a {"iops-total":0,"bps-read":0}
set a {"iops-size":4096}
= GenericError: iops size requires an iops value to be set
set a {"bps-total":5,"iops-size":4096}
= GenericError: iops size requires an iops value to be set
set a {"iops-size":4096,"iops-write":1}
= ok
set a {"iops-size":9223372036854775807}
= ok
get a
set a {"iops-size":9007199254740993}
get a
set a {"iops-size":-1}
= ok
get a
set a {"iops-size":-9223372036854775808}
get a
set a {"iops-write":0}
= GenericError: iops size requires an iops value to be set
set a {"iops-size":0,"iops-write":0}
= ok

set a {"iops-total":1000000000000000}
= ok
set a {"iops-total":1000000000000001}
= GenericError: bps/iops/max values must be within [0, 1000000000000000]
set a {"iops-total":9223372036854775807}
set a {"iops-total":9223372036854775808}
= GenericError: Invalid parameter type for 'limits.iops-total', expected: integer
set a {"iops-total":18446744073709551615}
set a {"iops-total":18446744073709551616}
set a {"iops-total":-9223372036854775808}
= GenericError: bps/iops/max values must be within [0, 1000000000000000]
set a {"iops-total":-9223372036854775809}
set a {"iops-total":-1}
set a {"iops-total":1.0}
= GenericError: Invalid parameter type for 'limits.iops-total', expected: integer
set a {"iops-total":1e2}
set a {"iops-total":1.5}
set a {"iops-total":"100"}
set a {"iops-total":null}
set a {"iops-total":true}
set a {"iops-total":{}}
set a {"iops-total":[1]}
set a {"iops-foo":1}
= GenericError: Parameter 'limits.iops-foo' is unexpected
set a {"iops-foo":1,"iops-total":"x"}
set a {"__proto__":1}
set a {"total_iops_sec":1}
set a {"bps-total":"x","iops-size":"x","iops-write-max-length":"x","iops-read":"x"}
set a 5
= GenericError: Invalid parameter type for 'limits', expected: object
set a null
set a []
set a "x"
get a

set a {"iops-total":0}
set a {"iops-total-max-length":0}
= GenericError: the burst length cannot be 0
set a {"iops-total":10,"iops-total-max-length":0}
set a {"iops-total":10,"iops-total-max":20,"iops-total-max-length":0}
set a {"iops-total-max-length":1}
= ok
set a {"iops-total-max-length":2}
= GenericError: burst length set without burst rate
set a {"iops-total":10,"iops-total-max-length":-1}
= GenericError: burst length set without burst rate
set a {"iops-total":10,"iops-total-max":20,"iops-total-max-length":-1}
= GenericError: burst length too high for this burst rate
set a {"iops-total":10,"iops-total-max":1000000000,"iops-total-max-length":1000000}
= ok
set a {"iops-total":10,"iops-total-max":1000000000,"iops-total-max-length":1000001}
= GenericError: burst length too high for this burst rate
set a {"iops-total":10,"iops-total-max":232830,"iops-total-max-length":4294967295}
= ok
set a {"iops-total-max-length":4294967296}
= GenericError: iops-total-max-length value must be in the range [0, 4294967295]
set a {"iops-total-max-length":9223372036854775807}
set a {"iops-write-max-length":4294967296,"iops-read-max-length":4294967297,"bps-write-max-length":4294967298}
set a {"iops-total":0,"iops-total-max":0,"iops-total-max-length":1}
= ok
set a {"iops-total-max":20}
= GenericError: bps_max/iops_max require corresponding bps/iops values
set a {"iops-total":10,"iops-total-max":10}
= ok
set a {"iops-total-max":9}
= GenericError: bps_max/iops_max cannot be lower than bps/iops
set a {"iops-total":11}
set a {"iops-total-max":1000000000000001}
set a {"iops-total-max":-1}
get a
set a {"iops-total":0,"iops-total-max":0}
= ok

set a {"iops-total":1,"iops-read":1,"iops-size":-1,"iops-total-max-length":4294967296}
= GenericError: iops-total-max-length value must be in the range [0, 4294967295]
set a {"iops-total":-1,"iops-read":1,"iops-size":5}
= GenericError: bps/iops/max total values and read/write values cannot be used at the same time
set a {"bps-total":-1,"iops-size":5}
= GenericError: iops size requires an iops value to be set
set a {"bps-total":-1,"bps-total-max-length":0}
= GenericError: bps/iops/max values must be within [0, 1000000000000000]
set a {"iops-total":-1,"bps-write-max-length":0}
= GenericError: the burst length cannot be 0
set a {"bps-read":5,"bps-read-max":3,"bps-read-max-length":1000000000,"iops-write":-1}
= GenericError: bps_max/iops_max cannot be lower than bps/iops
set a {"bps-read-max":1000000000000,"bps-read-max-length":1000000000}
= GenericError: burst length too high for this burst rate
set a {"bps-total-max":5,"bps-write-max":5}
= GenericError: bps/iops/max total values and read/write values cannot be used at the same time
set a {"iops-read-max":5,"bps-write-max":5}
= GenericError: bps_max/iops_max require corresponding bps/iops values
set a {"bps-write-max-length":3,"bps-read":-1}
= GenericError: bps/iops/max values must be within [0, 1000000000000000]
set a {"iops-write-max":5,"iops-read-max-length":2}
= GenericError: burst length set without burst rate
get a

raw {"execute":"qom-set","arguments":{"path":"/objects/nosuch","property":"limits","value":{}}}
= DeviceNotFound: Device '/objects/nosuch' not found
raw {"execute":"qom-set","arguments":{"path":"nosuch","property":"limits","value":{}}}
raw {"execute":"qom-set","arguments":{"path":"/objects/a","property":"nosuch","value":5}}
= GenericError: Property 'throttle-group.nosuch' not found
raw {"execute":"qom-set","arguments":{"path":"/objects/a","property":"type","value":"x"}}
= GenericError: Property 'throttle-group.type' is not writable
raw {"execute":"qom-set","arguments":{"path":"/objects/a","property":"limits"}}
= GenericError: Parameter 'value' is missing
raw {"execute":"qom-set","arguments":{"path":"/objects/a","value":{}}}
raw {"execute":"qom-set","arguments":{"property":"limits","value":{}}}
raw {"execute":"qom-set","arguments":{"path":5,"property":"limits","value":{}}}
raw {"execute":"qom-set","arguments":{"path":"/objects/a","property":"limits","value":{},"x":1}}
raw {"execute":"qom-set","arguments":{"path":"a","property":"limits","value":{"bps-total":77}}}
= ok
raw {"execute":"qom-get","arguments":{"path":"a","property":"limits"}}
raw {"execute":"qom-get","arguments":{"path":"objects/a","property":"limits"}}
raw {"execute":"qom-get","arguments":{"path":"/objects/a/","property":"limits"}}
raw {"execute":"qom-get","arguments":{"path":"/objects/a","property":"type"}}
raw {"execute":"qom-get","arguments":{"path":"/objects/a","property":"nosuch"}}
= GenericError: Property 'throttle-group.nosuch' not found
raw {"execute":"qom-get","arguments":{"path":"/objects/a","property":"__proto__"}}
raw {"execute":"qom-get","arguments":{"path":"/objects/nosuch","property":"limits"}}
= DeviceNotFound: Device '/objects/nosuch' not found
raw {"execute":"qom-get","arguments":{"path":"","property":"limits"}}
raw {"execute":"qom-get","arguments":{"path":"/objects","property":"limits"}}
raw {"execute":"qom-get","arguments":{"path":"/objects","property":"a"}}
raw {"execute":"qom-get","arguments":{"path":"/","property":"type"}}
raw {"execute":"qom-get","arguments":{"path":"/objects/a"}}
raw {"execute":"qom-get","arguments":{}}
raw {"execute":"qom-list","arguments":{"path":"/objects"}}
raw {"execute":"qom-list","arguments":{"path":"/nosuch"}}
raw {"execute":"qom-list","arguments":{"path":"nosuch"}}
raw {"execute":"qom-list"}
raw {"execute":"qom-list","arguments":{"path":true}}
raw {"execute":"query-blockstats","arguments":{"query-nodes":1}}
raw {"execute":"query-named-block-nodes","arguments":{"flat":5}}
raw {"execute":"query-named-block-nodes","arguments":{"foo":true}}

get throttle-gold
set throttle-gold {"iops-total":50}
= ok
set throttle-gold {"iops-total":0}
= ok
get throttle-gold
del throttle-gold
= GenericError: object 'throttle-gold' is in use, can not be deleted
del nosuch
= GenericError: object 'nosuch' not found
del /objects/a
raw {"execute":"object-del","arguments":{}}
= GenericError: Parameter 'id' is missing
raw {"execute":"object-del","arguments":{"id":5}}
raw {"execute":"object-del","arguments":{"id":"a","x":1}}
del a
= ok
del a
= GenericError: object 'a' not found
raw {"execute":"qom-list","arguments":{"path":"/objects"}}
`;

export interface Exchange {
  /** The line of the script. */
  readonly line: string;
  readonly request: string;
  /** What the script says of the reply. */
  readonly wanted: string | undefined;
}

/** A script as requests. */
export function exchanges(script = SCRIPT): readonly Exchange[] {
  const lines = script.split('\n').filter(line => line !== '');
  return lines.flatMap((line, index) => {
    if (line.startsWith('= ')) return [];
    const next = lines[index + 1];
    return [{ line, request: requestOf(line), wanted: next?.startsWith('= ') ? next.slice(2) : undefined }];
  });
}

function requestOf(line: string): string {
  const [, word = '', rest = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
  if (word === 'raw') return rest;
  const [, id = '', json = ''] = /^(\S*) ?(.*)$/.exec(rest) ?? [];
  const path = `"path":"/objects/${id}","property":"limits"`;
  switch (word) {
    case 'add':
      return `{"execute":"object-add","arguments":{"qom-type":"throttle-group","id":"${id}","limits":${json}}}`;
    case 'set':
      return `{"execute":"qom-set","arguments":{${path},"value":${json}}}`;
    case 'get':
      return `{"execute":"qom-get","arguments":{${path}}}`;
    case 'del':
      return `{"execute":"object-del","arguments":{"id":"${id}"}}`;
    case 'unplug':
      return `{"execute":"device_del","arguments":{"id":"${rest}"}}`;
    default:
      throw new Error(`The script of exchanges has a line that says nothing: ${line}`);
  }
}
