package kubernetes

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// volumes are the classes, the claims, also those that a StatefulSet makes, and the volumes made by hand.
func volumes(s *source) []probity.Asset {
	var out []probity.Asset
	for _, c := range s.of("storage.k8s.io/StorageClass") {
		a := s.asset(c, kinds.K8sStorageClass)
		a.Encryption = classEncryption(c)
		out = append(out, a)
	}
	for _, c := range s.claims() {
		a := s.asset(c, kinds.K8sVolume)
		a.Encryption = s.claimEncryption(c)
		out = append(out, a)
	}
	for _, v := range s.of("core/PersistentVolume") {
		a := s.asset(v, kinds.K8sVolume)
		a.Encryption = s.volumeEncryption(v)
		out = append(out, a)
	}
	return out
}

// claims are those declared, and one for each template of a StatefulSet.
func (s *source) claims() []*object {
	out := slices.Clone(s.of("core/PersistentVolumeClaim"))
	for _, set := range s.of("apps/StatefulSet") {
		for _, t := range items(set.Get("spec", "volumeClaimTemplates")) {
			out = append(out, &object{Block: t, group: "core", kind: "PersistentVolumeClaim", namespace: set.namespace,
				name: text(t.Get("metadata", "name")) + "-" + set.name, root: set.root, ignores: set.ignores})
		}
	}
	return out
}

func (s *source) claim(namespace, name string) *object {
	if s.claimed == nil {
		s.claimed = map[string]*object{}
		for _, c := range s.claims() {
			s.claimed[c.namespace+"/"+c.name] = c
		}
	}
	return s.claimed[namespace+"/"+name]
}

// claimEncryption is that of the class, or of the volume that the claim names.
func (s *source) claimEncryption(c *object) probity.Encryption {
	name := c.Get("spec", "storageClassName")
	if v := c.Get("spec", "volumeName"); v.Set() && text(name) == "" {
		for _, pv := range s.of("core/PersistentVolume") {
			if pv.name == text(v) {
				return from(s.volumeEncryption(pv), pv.ref())
			}
		}
		return unknown("its volume is not among the manifests", v.At)
	}
	for _, class := range s.of("storage.k8s.io/StorageClass") {
		std, _ := class.annotation("storageclass.kubernetes.io/is-default-class")
		if name.Set() && class.name == text(name) || !name.Set() && text(std) == "true" {
			return from(classEncryption(class), class.ref())
		}
	}
	if !name.Set() {
		return unknown("the cluster's default class is not among the manifests", c.At)
	}
	return unknown("its class is not among the manifests", name.At)
}

func unknown(because string, at *probity.Origin) probity.Encryption {
	g := unsaid(because)
	return probity.Encryption{AtRest: probity.Missing[bool](g, at), Manager: probity.Missing[probity.KeyManager](g, at), Key: probity.Missing[probity.Optional[string]](g, at)}
}

// from is the encryption of another asset as one's own.
func from(e probity.Encryption, of probity.Ref) probity.Encryption {
	return probity.Encryption{AtRest: derived(e.AtRest, of, "encryption.at_rest"), Manager: derived(e.Manager, of, "encryption.key_manager"),
		Key: derived(e.Key, of, "encryption.key")}
}

func derived[T any](f probity.Fact[T], of probity.Ref, path probity.Path) probity.Fact[T] {
	v, ok := f.Get()
	if !ok {
		return f
	}
	return probity.Known(v, &probity.Origin{Derived: []probity.Evidence{{Asset: of, Fact: path, Value: v, Origin: f.From()}}})
}

// volumeEncryption is that of the class that a volume bears, where one does, else of its driver.
func (s *source) volumeEncryption(v *object) probity.Encryption {
	driver := v.Get("spec", "csi", "driver")
	for field, of := range map[string]string{"gcePersistentDisk": "pd.csi.storage.gke.io", "azureDisk": "disk.csi.azure.com", "azureFile": "file.csi.azure.com"} {
		if x := v.Get("spec", field); x.Set() {
			driver = resource.Value{Data: of, At: x.At}
		}
	}
	if e, ok := always(driver, resource.Value{}); ok {
		return e
	}
	return unknown("the disk or folder behind it tells", v.At)
}

// classEncryption is what a class makes of new volumes.
func classEncryption(c *object) probity.Encryption {
	by := c.Get("provisioner")
	set := func(name string) resource.Value { return c.Get("parameters", name) }
	switch text(by) {
	case "ebs.csi.aws.com", "kubernetes.io/aws-ebs", "ebs.csi.eks.amazonaws.com":
		return onRequest(set("encrypted"), set("kmsKeyId"), kinds.EBSAtRest())
	case "driver.longhorn.io":
		return onRequest(set("encrypted"), resource.Value{}, kinds.K8sOff("Longhorn encrypts a volume only where its class says so"))
	case "rbd.csi.ceph.com", "rook-ceph.rbd.csi.ceph.com", "cephfs.csi.ceph.com", "rook-ceph.cephfs.csi.ceph.com":
		return onRequest(set("encrypted"), set("encryptionKMSID"), kinds.K8sOff("Ceph CSI encrypts a volume only where its class says so"))
	case "kubernetes.io/portworx-volume", "pxd.portworx.com":
		return onRequest(set("secure"), resource.Value{}, kinds.K8sOff("Portworx encrypts a volume only where its class says so"))
	case "efs.csi.aws.com":
		return unknown("the file system behind it tells", by.At)
	}
	key := set("disk-encryption-kms-key")
	if !key.Set() {
		key = set("diskEncryptionSetID")
	}
	if e, ok := always(by, key); ok {
		return e
	}
	return unknown("how its provisioner encrypts is not known", by.At)
}

// onRequest is what only an option switches on.
func onRequest(on, key resource.Value, def probity.Fact[bool]) probity.Encryption {
	out := probity.Encryption{AtRest: on.Bool(def)}
	is, known := out.AtRest.Get()
	switch {
	case !known:
	case !is:
		out.Manager = probity.Known(probity.NoKey, out.AtRest.From())
		out.Key = probity.Known(probity.Optional[string]{}, out.AtRest.From())
	case key.Set():
		out.Manager = probity.Known(probity.CustomerManaged, key.At)
		out.Key = probity.Known(probity.Some(text(key)), key.At)
	default:
		out.Manager = probity.Known(probity.ProviderManaged, on.At)
		out.Key = probity.Known(probity.Optional[string]{}, on.At)
	}
	return out
}

// always is what a provider encrypts in any case.
func always(driver, key resource.Value) (probity.Encryption, bool) {
	says := map[string]string{
		"pd.csi.storage.gke.io":        "Google Cloud encrypts every persistent disk",
		"kubernetes.io/gce-pd":         "Google Cloud encrypts every persistent disk",
		"filestore.csi.storage.gke.io": "Google Cloud encrypts every Filestore instance",
		"disk.csi.azure.com":           "Azure encrypts every managed disk (2017-06-10)",
		"kubernetes.io/azure-disk":     "Azure encrypts every managed disk (2017-06-10)",
		"file.csi.azure.com":           "Azure Storage encrypts everything it keeps",
		"kubernetes.io/azure-file":     "Azure Storage encrypts everything it keeps",
		"blob.csi.azure.com":           "Azure Storage encrypts everything it keeps",
	}[text(driver)]
	if says == "" {
		return probity.Encryption{}, false
	}
	at := &probity.Origin{Default: says}
	out := probity.Encryption{AtRest: kinds.K8sAlways(says), Manager: probity.Known(probity.ProviderOwned, at), Key: probity.Known(probity.Optional[string]{}, at)}
	if key.Set() {
		out.Manager, out.Key = probity.Known(probity.CustomerManaged, key.At), probity.Known(probity.Some(text(key)), key.At)
	}
	return out, true
}

// kept fills how the data of a store is encrypted: as the volumes that its container mounts are, all together.
func (s *source) kept(a *probity.Asset, p pod, c running) {
	byName := map[string]*resource.Block{}
	for _, v := range items(p.spec.Get("volumes")) {
		byName[text(v.Get("name"))] = v
	}
	var first *probity.Encryption
	take := func(e probity.Encryption) {
		is, known := e.AtRest.Get()
		if first == nil {
			first = &e
			return
		}
		was, sure := first.AtRest.Get()
		if known && !is && (!sure || was) || !known && sure && was {
			first = &e
		}
	}
	for _, m := range items(c.Get("volumeMounts")) {
		name := text(m.Get("name"))
		v := byName[name]
		claim := s.claim(p.namespace, name+"-"+p.name)
		if v != nil {
			claim = s.claim(p.namespace, text(v.Get("persistentVolumeClaim", "claimName")))
		}
		switch {
		case claim != nil:
			e := s.claimEncryption(claim)
			a.Links = a.Links.With(probity.Link{Kind: probity.ReadsFrom, To: claim.ref()})
			take(from(e, claim.ref()))
		case v == nil:
		case v.Get("persistentVolumeClaim").Set():
			take(unknown("its claim is not among the manifests", v.At))
		case v.Get("hostPath").Set(), v.Get("emptyDir").Set() && text(v.Get("emptyDir", "medium")) != "Memory", v.Get("ephemeral").Set():
			take(unknown("its data lies on a disk of the node", v.At))
		}
	}
	switch {
	case first != nil:
		a.Encryption.AtRest, a.Encryption.Manager, a.Encryption.Key = first.AtRest, first.Manager, first.Key
	case c.memory:
		g := probity.Gap{Reason: probity.NotApplicable, Because: "it keeps data in memory alone"}
		a.Encryption.AtRest = probity.Missing[bool](g, c.At)
		a.Encryption.Manager = probity.Missing[probity.KeyManager](g, c.At)
		a.Encryption.Key = probity.Missing[probity.Optional[string]](g, c.At)
	default:
		e := unknown("its data lies on a disk of the node", c.At)
		a.Encryption.AtRest, a.Encryption.Manager, a.Encryption.Key = e.AtRest, e.Manager, e.Key
	}
}
