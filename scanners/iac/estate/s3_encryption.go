package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func (e *estate) bucketEncryption(b *bucket, a *probity.Asset) {
	a.Encryption.AtRest = kinds.S3AtRest()
	const legacy = "server_side_encryption_configuration"
	by := "apply_server_side_encryption_by_default"
	algorithm := b.piece(s3Encryption, []string{"rule", by, "sse_algorithm"}, legacy, "rule", by, "sse_algorithm")
	key := b.piece(s3Encryption, []string{"rule", by, "kms_master_key_id"}, legacy, "rule", by, "kms_master_key_id")
	switch s := algorithm.String(); {
	case !algorithm.Set():
		a.Encryption.Manager, a.Encryption.Key = kinds.S3Manager(), kinds.S3Key()
	case s == "AES256":
		a.Encryption.AtRest = probity.Known(true, algorithm.At)
		a.Encryption.Manager = probity.Known(probity.ProviderOwned, algorithm.At)
		a.Encryption.Key = probity.Known(probity.Optional[string]{}, algorithm.At)
	case s == "aws:kms" || s == "aws:kms:dsse":
		a.Encryption.AtRest = probity.Known(true, algorithm.At)
		e.key(a, key, probity.ProviderManaged, algorithm.At)
	default:
		g := algorithm.Gap()
		if g == nil {
			g = &probity.Gap{Reason: probity.Unresolved, Because: "the algorithm is not one of S3's"}
		}
		if e.place.listed() { // who answers may be no AWS, which encrypts whatever is set
			a.Encryption.AtRest = probity.Missing[bool](*g, algorithm.At)
		}
		a.Encryption.Manager = probity.Missing[probity.KeyManager](*g, algorithm.At)
		a.Encryption.Key = probity.Missing[probity.Optional[string]](*g, algorithm.At)
		if key.Set() {
			e.link(a, probity.EncryptedBy, resource.Value{Data: resource.Unknown{Gap: *g}, At: key.At})
		}
	}
}
