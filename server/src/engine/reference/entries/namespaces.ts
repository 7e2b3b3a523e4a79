/** Ways around the format, each in the namespace of its driver. */

import type { AttributeEntry, ElementEntry } from '../entry';

const UNSUPPORTED = 'Unsupported: it marks the guest as tainted, and an upgrade can break it.';

const ARGUMENT: Readonly<Record<string, AttributeEntry>> = {
  value: { summary: 'The argument, exactly as the program gets it: no shell splits or expands it.' },
};

const CONTAINER_NAMESPACE: Readonly<Record<string, AttributeEntry>> = {
  type: {
    summary: 'How the other namespace is named.',
    values:
      '`name` (a container of libvirt), `pid` (a process), `netns` (a named network namespace; sharenet only).',
  },
  value: { summary: 'Name of that container, number of that process, or name of that network namespace.' },
};

/** A namespace that a container joins. */
const shared = (name: string, summary: string): ElementEntry => ({
  path: `domain/lxc:namespace/lxc:${name}`,
  summary,
  since: '1.2.19',
  chapter: 'drvlxc#inherit-namespaces',
  attributes: CONTAINER_NAMESPACE,
});

export const NAMESPACE_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/qemu:commandline',
    summary: `Arguments and variables handed to QEMU as they are, for what libvirt does not know. ${UNSUPPORTED} The domain must declare xmlns:qemu, else libvirt drops this silently.`,
    since: '0.8.3',
    example:
      "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n  ...\n  <qemu:commandline>\n    <qemu:arg value='-d'/>\n    <qemu:arg value='guest_errors'/>\n  </qemu:commandline>\n</domain>",
    chapter: 'drvqemu#pass-through-of-arbitrary-qemu-commands',
  },
  {
    path: 'domain/qemu:commandline/qemu:arg',
    summary:
      "One argument for QEMU's command line, behind those of libvirt. An option and its value are two of them.",
    since: '0.8.3',
    chapter: 'drvqemu#pass-through-of-arbitrary-qemu-commands',
    attributes: ARGUMENT,
  },
  {
    path: 'domain/qemu:commandline/qemu:env',
    summary: 'One environment variable of the QEMU process.',
    since: '0.8.3',
    chapter: 'drvqemu#pass-through-of-arbitrary-qemu-commands',
    attributes: {
      name: { summary: 'What the variable is called, such as QEMU_AUDIO_DRV.' },
      value: { summary: 'What the variable holds; without it, it is empty.' },
    },
  },
  {
    path: 'domain/qemu:capabilities',
    summary:
      'Makes libvirt believe that this QEMU has, or lacks, some abilities. For developers who test; not for production.',
    since: '5.5.0',
    chapter: 'drvqemu#qemu-feature-configuration-for-testing',
  },
  {
    path: 'domain/qemu:capabilities/qemu:add',
    summary: 'Claims an ability that libvirt did not find in this QEMU.',
    since: '5.5.0',
    chapter: 'drvqemu#qemu-feature-configuration-for-testing',
    attributes: { capability: { summary: "Libvirt's name of the ability, as its status files show it." } },
  },
  {
    path: 'domain/qemu:capabilities/qemu:del',
    summary: 'Denies an ability that libvirt found, so that it takes the way for older QEMUs.',
    since: '5.5.0',
    chapter: 'drvqemu#qemu-feature-configuration-for-testing',
    attributes: { capability: { summary: "Libvirt's name of the ability, as its status files show it." } },
  },
  {
    path: 'domain/qemu:deprecation',
    summary:
      'How QEMU reacts when libvirt uses something that is on its way out. For developers and CI; not for production.',
    chapter: 'drvqemu#control-of-qemu-deprecation-warnings',
    attributes: {
      behavior: {
        summary: 'The reaction.',
        values:
          '`none` (as usual; the default), `omit` (leaves such fields out of answers), `reject` (answers with an error), `crash` (ends QEMU).',
      },
    },
  },
  {
    path: 'domain/qemu:override',
    summary: `Changes single properties of devices that libvirt writes to QEMU's command line; hotplugged devices stay as they are. ${UNSUPPORTED}`,
    since: '8.2.0',
    example:
      "<qemu:override>\n  <qemu:device alias='ua-disk1'>\n    <qemu:frontend>\n      <qemu:property name='x-speed' type='unsigned' value='4'/>\n    </qemu:frontend>\n  </qemu:device>\n</qemu:override>",
    chapter: 'drvqemu#overriding-properties-of-qemu-devices',
  },
  {
    path: 'domain/qemu:override/qemu:device',
    summary: 'Groups the changed properties of one device, found by its alias.',
    since: '8.2.0',
    chapter: 'drvqemu#overriding-properties-of-qemu-devices',
    attributes: {
      alias: {
        summary: "Alias of the device. Give the device one of your own (ua-...), since libvirt's may change.",
      },
    },
  },
  {
    path: 'domain/qemu:override/qemu:device/qemu:frontend',
    summary: 'Properties of the side that the guest sees: what stands behind -device.',
    since: '8.2.0',
    chapter: 'drvqemu#overriding-properties-of-qemu-devices',
  },
  {
    path: 'domain/qemu:override/qemu:device/qemu:frontend/qemu:property',
    summary: 'One property of the device; qemu-system-x86_64 -device NAME,help lists what there is.',
    since: '8.2.0',
    chapter: 'drvqemu#overriding-properties-of-qemu-devices',
    attributes: {
      name: { summary: 'What QEMU calls the property; one that libvirt does not write at all is added.' },
      type: {
        summary: 'What kind of value QEMU expects.',
        values:
          '`string` (also for choices such as on, off, auto), `unsigned` and `signed` (decimal), `bool` (true or false), `remove` (takes the property away, without a value).',
      },
      value: { summary: 'What the property is set to, in the form that the type asks for.' },
    },
  },
  {
    path: 'domain/bhyve:commandline',
    summary: `Arguments handed to bhyve as they are. ${UNSUPPORTED} The domain must declare xmlns:bhyve.`,
    since: '5.1.0',
    chapter: 'drvbhyve#pass-through-of-arbitrary-bhyve-commands',
  },
  {
    path: 'domain/bhyve:commandline/bhyve:arg',
    summary: 'One argument for bhyve; repeat it for more.',
    since: '5.1.0',
    chapter: 'drvbhyve#pass-through-of-arbitrary-bhyve-commands',
    attributes: ARGUMENT,
  },
  {
    path: 'domain/xen:commandline',
    summary: `Arguments for the QEMU that models devices of a Xen guest. ${UNSUPPORTED} The domain must declare xmlns:xen.`,
    since: '6.7.0',
    chapter: 'drvxen#pass-through-of-arbitrary-command-line-arguments-to-the-qemu-device-model',
  },
  {
    path: 'domain/xen:commandline/xen:arg',
    summary: 'One argument for that QEMU; an option and its value are two of them.',
    since: '6.7.0',
    chapter: 'drvxen#pass-through-of-arbitrary-command-line-arguments-to-the-qemu-device-model',
    attributes: ARGUMENT,
  },
  {
    path: 'domain/vmware:datacenterpath',
    summary:
      "In which datacenter of the vCenter the guest lies, with its folders. Written by libvirt's ESX driver.",
    chapter: 'drvesx#specialities-in-the-domain-xml-config',
  },
  {
    path: 'domain/lxc:namespace',
    summary:
      'Lets a container join namespaces of another container or process, instead of having its own. The domain must declare xmlns:lxc.',
    since: '1.2.19',
    example: "<lxc:namespace>\n  <lxc:sharenet type='netns' value='red'/>\n</lxc:namespace>",
    chapter: 'drvlxc#inherit-namespaces',
  },
  shared(
    'sharenet',
    'Shares the network of another container, process or network namespace; privnet has no effect then.',
  ),
  shared('shareuts', 'Shares the host name of another container or process.'),
  shared('shareipc', 'Shares System V memory, queues and semaphores with another container or process.'),
];
