package reports

// The part of SARIF 2.1.0 (OASIS Standard, section 3) that is written; optional members are left out when empty.

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name                string            `json:"name"`
	Version             string            `json:"version,omitempty"`
	SemanticVersion     string            `json:"semanticVersion,omitempty"`
	Organization        string            `json:"organization"`
	InformationURI      string            `json:"informationUri"`
	Rules               []sarifDescriptor `json:"rules"`
	Notifications       []sarifDescriptor `json:"notifications,omitempty"`
	SupportedTaxonomies []sarifComponent  `json:"supportedTaxonomies,omitempty"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifDescriptor struct {
	ID            string          `json:"id"`
	Name          string          `json:"name,omitempty"`
	Short         *sarifMessage   `json:"shortDescription,omitempty"`
	Full          *sarifMessage   `json:"fullDescription,omitempty"`
	Help          *sarifMessage   `json:"help,omitempty"`
	HelpURI       string          `json:"helpUri,omitempty"`
	Default       *sarifLevel     `json:"defaultConfiguration,omitempty"`
	Relationships []sarifRelation `json:"relationships,omitempty"`
	Properties    map[string]any  `json:"properties,omitempty"`
}

type sarifRelation struct {
	Target sarifTarget `json:"target"`
	Kinds  []string    `json:"kinds"`
}

type sarifTarget struct {
	ID        string         `json:"id"`
	Index     int            `json:"index"`
	Component sarifComponent `json:"toolComponent"`
}

type sarifComponent struct {
	Name  string `json:"name"`
	Index int    `json:"index"`
}

type sarifTaxonomy struct {
	Name          string            `json:"name"`
	Version       string            `json:"version,omitempty"`
	Organization  string            `json:"organization,omitempty"`
	Short         *sarifMessage     `json:"shortDescription,omitempty"`
	Full          *sarifMessage     `json:"fullDescription,omitempty"`
	Comprehensive bool              `json:"isComprehensive"`
	Taxa          []sarifDescriptor `json:"taxa"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	ExitCode      *int                `json:"exitCode,omitempty"`
	ExitReason    string              `json:"exitCodeDescription,omitempty"`
	Start         string              `json:"startTimeUtc,omitempty"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Descriptor sarifReference  `json:"descriptor"`
	Level      string          `json:"level"`
	Message    sarifMessage    `json:"message"`
	Locations  []sarifLocation `json:"locations,omitempty"`
	Properties map[string]any  `json:"properties,omitempty"`
}

type sarifReference struct {
	ID    string `json:"id"`
	Index int    `json:"index"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    *int               `json:"ruleIndex,omitempty"`
	Kind         string             `json:"kind"`
	Level        string             `json:"level"`
	Message      sarifMessage       `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Baseline     string             `json:"baselineState,omitempty"`
	Suppressions []sarifSuppression `json:"suppressions"`   // empty: not suppressed; null for one and not for another is an error
	Taxa         []sarifTaxon       `json:"taxa,omitempty"` // controls that it is evidence for
	Properties   map[string]any     `json:"properties,omitempty"`
}

// sarifTaxon is a control in a taxonomy of the run.
type sarifTaxon struct {
	ID        string         `json:"id"`
	Index     int            `json:"index"`
	Component sarifComponent `json:"toolComponent"`
}

type sarifSuppression struct {
	Kind          string         `json:"kind"`
	Status        string         `json:"status"`
	Justification string         `json:"justification,omitempty"`
	Location      *sarifLocation `json:"location,omitempty"`
	Properties    map[string]any `json:"properties,omitempty"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	Message  *sarifMessage  `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI     string `json:"uri"`
	URIBase string `json:"uriBaseId"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifLogical struct {
	Name string `json:"name"`
	Full string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}
