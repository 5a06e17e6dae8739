// Reads rendered manifests: whether each is what Kubernetes' own description of its kind allows, without a field that it does not know,
// and whether they fit each other. node manifests.js FILE...
import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';

const kinds = {
  Deployment: 'kubernetes-models/apps/v1/Deployment',
  Service: 'kubernetes-models/v1/Service',
  ConfigMap: 'kubernetes-models/v1/ConfigMap',
  PodDisruptionBudget: 'kubernetes-models/policy/v1/PodDisruptionBudget',
  Ingress: 'kubernetes-models/networking.k8s.io/v1/Ingress',
  NetworkPolicy: 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy',
  ServiceMonitor: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor',
};

// What has to be in each file: a manifest that is missing would fit everything.
const least = ['Deployment', 'PodDisruptionBudget', 'Service', 'Service'];
const rendered = {
  'values.yaml': least,
  'plain.yaml': least,
  'everything.yaml': ['ConfigMap', 'Deployment', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'Service', 'ServiceMonitor'],
};

const covers = (selector, labels) => Object.entries(selector).every(([name, value]) => labels[name] === value);

// Values are of the kinds, in the places and of the form that the description has.
async function validate(manifest) {
  const model = await import(kinds[manifest.kind]);
  new model[manifest.kind](manifest).validate();
}

// The compiler refuses a field that an interface does not have, at any depth; the description by itself lets it pass.
function typed(manifests) {
  const used = [...new Set(manifests.map((manifest) => manifest.kind))];
  const source = used.map((kind) => `import type { I${kind} } from '${kinds[kind]}';`)
    .concat(manifests.map((manifest, place) => `export const m${place}: I${manifest.kind} = ${JSON.stringify(manifest, null, 1)};`));
  writeFileSync(new URL('typed.ts', import.meta.url), source.join('\n'));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', '--types', '', 'typed.ts'];
  execFileSync('node_modules/.bin/tsc', options, { cwd: new URL('.', import.meta.url), stdio: 'inherit' });
}

function fit(manifests) {
  const of = (kind) => manifests.filter((manifest) => manifest.kind === kind);
  const [deployment] = of('Deployment');
  const template = deployment.spec.template;
  const pod = template.spec;
  const [container] = pod.containers;
  const ports = container.ports.map((port) => port.name);

  assert.ok(covers(deployment.spec.selector.matchLabels, template.metadata.labels), 'the deployment finds its pods');
  assert.equal(pod.enableServiceLinks, false);
  assert.equal(pod.automountServiceAccountToken, false);
  assert.equal(pod.securityContext.runAsNonRoot, true);
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  assert.equal(container.securityContext.allowPrivilegeEscalation, false);
  assert.deepEqual(container.securityContext.capabilities.drop, ['ALL']);
  assert.equal(container.startupProbe.httpGet.port, 'management');
  assert.equal(container.livenessProbe.httpGet.port, 'management');
  assert.equal(container.readinessProbe.httpGet.port, 'http');
  assert.ok(pod.terminationGracePeriodSeconds > 20 + container.lifecycle.preStop.sleep.seconds, 'requests may end');

  const names = container.env.map((variable) => variable.name);
  assert.equal(new Set(names).size, names.length, 'no variable stands there twice');
  for (const variable of container.env) {
    if (/(PASSWORD|PEPPER|KEY)$/.test(variable.name)) {
      assert.ok(variable.valueFrom?.secretKeyRef, `${variable.name} lies in a secret`);
    }
  }
  for (const mount of container.volumeMounts) {
    assert.ok(pod.volumes.some((volume) => volume.name === mount.name), mount.name);
  }
  for (const volume of pod.volumes.filter((one) => one.configMap)) {
    assert.ok(of('ConfigMap').some((map) => map.metadata.name === volume.configMap.name), volume.name);
  }
  for (const service of of('Service')) {
    assert.ok(covers(service.spec.selector, template.metadata.labels), 'a service finds the pods');
    service.spec.ports.forEach((port) => assert.ok(ports.includes(port.targetPort), port.targetPort));
  }
  for (const budget of of('PodDisruptionBudget')) {
    assert.ok(covers(budget.spec.selector.matchLabels, template.metadata.labels), 'the budget finds the pods');
  }
  for (const policy of of('NetworkPolicy')) {
    assert.ok(covers(policy.spec.podSelector.matchLabels, template.metadata.labels), 'the policy finds the pods');
    policy.spec.ingress.flatMap((rule) => rule.ports).forEach((port) => assert.ok(ports.includes(port.port), port.port));
  }
  for (const monitor of of('ServiceMonitor')) {
    const found = of('Service').filter((service) => covers(monitor.spec.selector.matchLabels, service.metadata.labels));
    assert.equal(found.length, 1, 'Prometheus finds one service');
    monitor.spec.endpoints.forEach((endpoint) => assert.ok(found[0].spec.ports.some((port) => port.name === endpoint.port), endpoint.port));
  }
  for (const ingress of of('Ingress')) {
    for (const path of ingress.spec.rules.flatMap((rule) => rule.http.paths)) {
      const backend = path.backend.service;
      assert.ok(of('Service').some((service) => service.metadata.name === backend.name
        && service.spec.ports.some((port) => port.name === backend.port.name)), 'the ingress leads to a service');
    }
  }
}

const all = [];
for (const file of process.argv.slice(2)) {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { uniqueKeys: true, strict: true });
  documents.flatMap((document) => document.errors).forEach((error) => { throw error; });
  const manifests = documents.map((document) => document.toJS()).filter((manifest) => manifest);
  assert.deepEqual(manifests.map((manifest) => manifest.kind).sort(), rendered[basename(file)], file);
  for (const manifest of manifests) {
    assert.ok(kinds[manifest.kind], `${manifest.kind} is not known here`);
    await validate(manifest);
  }
  fit(manifests);
  all.push(...manifests);
}
typed(all);
console.log(`${all.length} manifests are as Kubernetes describes them, and fit each other`);
