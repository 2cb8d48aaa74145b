package aws

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/neptunegraph"
	"github.com/aws/aws-sdk-go-v2/service/neptunegraph/types"

	probity "github.com/probity-scan/probity"
)

// neptuneGraphs are graphs of Neptune Analytics.
func neptuneGraphs() service {
	return service{name: "neptune-graph", id: "Neptune Graph", lists: []string{"aws_neptunegraph_graph", "aws_neptune_cluster_snapshot"},
		calls: append(calls("ListGraphs", "ListGraphSnapshots"), apiece(calls("ListTagsForResource")...)...),
		read: func(r *reader) {
			api := neptunegraph.NewFromConfig(r.cfg)
			known := map[string]string{}
			var all []types.GraphSummary
			at := (*probity.Origin)(nil)
			for g, o := range list(r, api.ListGraphs, &neptunegraph.ListGraphsInput{},
				func(p *neptunegraph.ListGraphsOutput) []types.GraphSummary { return p.Graphs }, "aws_neptunegraph_graph") {
				known[value(g.Id)], all, at = value(g.Arn), append(all, g), o
			}
			many(r, over(all), func(g types.GraphSummary, _ *probity.Origin) {
				const port = 8182 // of all graphs (Neptune Analytics User Guide)
				r.add(Thing{Type: "aws_neptunegraph_graph", ARN: value(g.Arn), ID: value(g.Id), Names: endpoint(g.Endpoint, port), At: at, Attrs: attrs{
					"graph_name":          g.Name,
					"kms_key_identifier":  graphKey(g.KmsKeyIdentifier),
					"public_connectivity": g.PublicConnectivity,
					"deletion_protection": g.DeletionProtection,
					"tags":                r.graphTags(api, g.Arn),
				}})
			})
			many(r, list(r, api.ListGraphSnapshots, &neptunegraph.ListGraphSnapshotsInput{},
				func(p *neptunegraph.ListGraphSnapshotsOutput) []types.GraphSnapshotSummary { return p.GraphSnapshots }, "aws_neptune_cluster_snapshot"),
				func(s types.GraphSnapshotSummary, at *probity.Origin) { r.graphSnapshot(api, s, known, at) })
		}}
}

// graphKey leaves out the key that Neptune holds itself.
func graphKey(id *string) any {
	if value(id) == "AWS_OWNED_KEY" {
		return nil
	}
	return keyOf(id)
}

func (r *reader) graphTags(api *neptunegraph.Client, arn *string) any {
	a := ask(r, api.ListTagsForResource, &neptunegraph.ListTagsForResourceInput{ResourceArn: arn}, "ResourceNotFoundException")
	return a.get(func(o *neptunegraph.ListTagsForResourceOutput) any { return o.Tags })
}

// graphSnapshot: Neptune Analytics encrypts everything, and no account can be given a snapshot.
func (r *reader) graphSnapshot(api *neptunegraph.Client, s types.GraphSnapshotSummary, known map[string]string, at *probity.Origin) {
	source, found := known[value(s.SourceGraphId)]
	if !found {
		source = strings.Replace(value(s.Arn), "graph-snapshot/"+value(s.Id), "graph/"+value(s.SourceGraphId), 1)
	}
	gone := any(!found)
	if gap := r.lost("aws_neptunegraph_graph"); gap != nil && !found {
		gone = unread{*gap}
	}
	t := Thing{Type: "aws_neptune_cluster_snapshot", ARN: value(s.Arn), ID: value(s.Id), Created: s.SnapshotCreateTime, At: at, Attrs: attrs{
		"db_cluster_snapshot_identifier": s.Name,
		"db_cluster_identifier":          source,
		"copied_from":                    nil,
		"source_gone":                    gone,
		"snapshot_type":                  "manual",
		"storage_encrypted":              true,
		"storage_encryption_type":        "sse-kms",
		"kms_key_id":                     graphKey(s.KmsKeyIdentifier),
		"shared_accounts":                []string{},
		"tags":                           r.graphTags(api, s.Arn),
	}}
	if graphKey(s.KmsKeyIdentifier) == nil {
		t.Attrs["storage_encryption_type"] = "sse-rds"
	}
	r.add(t)
}
