// The seven classes, in the order of their indices.

/** Name on the wire, name for people, and what a line of the class reports. */
export const classes = [
  {name: 'normal', label: 'Normal', plural: 'normal', meaning: 'routine operation'},
  {
    name: 'security_anomaly',
    label: 'Security',
    plural: 'security anomalies',
    meaning: 'refused logins, denied access, probing'
  },
  {
    name: 'system_failure',
    label: 'System failure',
    plural: 'system failures',
    meaning: 'crashes, aborts, services that ended'
  },
  {
    name: 'performance_issue',
    label: 'Performance',
    plural: 'performance issues',
    meaning: 'slowness, full queues, throttling'
  },
  {
    name: 'network_anomaly',
    label: 'Network',
    plural: 'network anomalies',
    meaning: 'refused, reset or timed-out connections'
  },
  {
    name: 'config_error',
    label: 'Configuration',
    plural: 'configuration errors',
    meaning: 'missing or invalid settings, files, modules'
  },
  {name: 'hardware_issue', label: 'Hardware', plural: 'hardware issues', meaning: 'failing disks, memory, fans, power'},
];

export const NORMAL = 0;

/** The colour of a class, for a `--class` property. */
export const classColor = (index) => `var(--class-${classes[index].name})`;

export const classIndex = new Map(classes.map(({name}, index) => [name, index]));
