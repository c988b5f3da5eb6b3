import { Tags } from '../types.bicep'

param name string
param location string
param tags Tags
param actionGroupId string
param operationsId string
param topicNames string[]

var queries = [
  {
    name: 'poison'
    description: 'An upload was announced five times and could not be taken: the message is in webjobs-blobtrigger-poison.'
    severity: 1
    query: loadTextContent('../alerts/poison.kql')
    window: 'PT30M'
    threshold: 0
    dimensions: []
  }
  {
    name: 'faults'
    description: 'A step failed for good although nothing is wrong with what was sent, or the service can\'t work.'
    severity: 1
    query: loadTextContent('../alerts/faults.kql')
    window: 'PT30M'
    threshold: 0
    dimensions: []
  }
  {
    name: 'audit-broken'
    description: 'The nightly verification found something in an audit trail, or in a prediction record, that the service didn\'t write there.'
    severity: 0
    query: loadTextContent('../alerts/audit-broken.kql')
    window: 'PT30M'
    threshold: 0
    dimensions: []
  }
  {
    name: 'altered'
    description: 'Something stored was changed past the service: a part of a prediction, or an answer. It isn\'t used, nor told; see who wrote it, and verify the audit trail.'
    severity: 0
    query: loadTextContent('../alerts/altered.kql')
    window: 'PT30M'
    threshold: 0
    dimensions: []
  }
  {
    name: 'failures-by-code'
    description: 'Several studies failed for the same reason within an hour: a scanner, a gateway or a profile may have changed.'
    severity: 2
    query: loadTextContent('../alerts/failures-by-code.kql')
    window: 'PT1H'
    threshold: 2
    dimensions: ['Code']
  }
  {
    name: 'waiting-work'
    description: 'Work has been waiting in a queue for more than 15 minutes.'
    severity: 2
    query: loadTextContent('../alerts/waiting-work.kql')
    window: 'PT6H'
    threshold: 0
    dimensions: ['Queue']
  }
  {
    name: 'queue-age'
    description: 'The message in front of a queue has been there for more than 15 minutes, as the app has measured.'
    severity: 2
    query: loadTextContent('../alerts/queue-age.kql')
    window: 'PT30M'
    threshold: 900
    dimensions: ['Queue']
  }
  {
    name: 'drift'
    description: 'Of a center\'s predictions of two days, more than 30 % lie outside the range of what its model was trained with: a scanner or protocol may have changed.'
    severity: 2
    query: loadTextContent('../alerts/drift.kql')
    window: 'P2D'
    threshold: 30
    dimensions: ['Center']
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in queries: {
    name: '${name}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}-${alert.name}'
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [operationsId]
      evaluationFrequency: 'PT15M'
      windowSize: alert.window
      // The tables come into being with their first row, after this.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Total'
            metricMeasureColumn: 'Number'
            operator: 'GreaterThan'
            threshold: alert.threshold
            dimensions: [
              for dimension in alert.dimensions: {
                name: dimension
                operator: 'Include'
                values: ['*']
              }
            ]
          }
        ]
      }
      actions: { actionGroups: [actionGroupId] }
    }
  }
]

// Azure has no rule for several topics at once.
var lostEvents = flatten(map(topicNames, topic => [
  {
    name: '${topic}-dead-letters'
    topic: topic
    metric: 'DeadLetteredCount'
    severity: 1
    description: 'Events were not delivered and lie in the container dead-letters. The uploads or studies they told of are not being predicted.'
  }
  {
    name: '${topic}-dropped-events'
    topic: topic
    metric: 'DroppedEventCount'
    severity: 0
    description: 'Events were neither delivered nor kept as dead letters. The uploads or studies they told of are not being predicted.'
  }
]))

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for alert in lostEvents: {
    name: alert.name
    location: 'global'
    tags: tags
    properties: {
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [resourceId('Microsoft.EventGrid/systemTopics', alert.topic)]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: alert.metric
            metricNamespace: 'Microsoft.EventGrid/systemTopics'
            metricName: alert.metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]
