package examples

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/probity-scan/probity/scanners/iac/estate"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/iac/terraform/config"
)

type object = map[string]any

// Plan is the plan that Terraform would make of a folder of code with nothing there yet: what the code says, and what is known
// only after apply. A plan nests modules, and knows the value of each variable: where code has modules or holds what it does not
// know, there is none.
func Plan(ctx context.Context, dir string) (plan []byte, ok bool, err error) {
	resources, losses, err := config.Read(ctx, os.DirFS(dir), config.Options{Dir: ".", Types: estate.Types(), Named: estate.Unread()})
	if err != nil {
		return nil, false, fmt.Errorf("evaluating the code of a plan: %w", err)
	}
	if len(losses) > 0 || len(resources) == 0 {
		return nil, false, nil
	}
	var changes, configured []any
	told := map[string]bool{}
	for _, r := range resources {
		if r.Type == config.Backend {
			continue
		}
		if r.Maybe != nil || strings.HasPrefix(r.Addr, "module.") {
			return nil, false, nil
		}
		address := r.Type + "." + r.Name
		w := &writer{own: strings.TrimPrefix(r.Addr, address)}
		after, unknown, says := w.block(&r.Block)
		if w.lacks {
			return nil, false, nil
		}
		for _, name := range []string{"id", "arn"} {
			if _, set := after[name]; !set {
				unknown[name] = true
			}
		}
		change := object{"address": r.Addr, "mode": "managed", "type": r.Type, "name": r.Name, "provider_name": "registry.terraform.io/hashicorp/aws",
			"change": object{"actions": []string{"create"}, "before": nil, "after": after, "after_unknown": unknown, "before_sensitive": false, "after_sensitive": object{}}}
		if key := strings.Trim(w.own, "[]"); key != "" {
			if change["index"], err = index(key); err != nil {
				return nil, false, err
			}
		}
		changes = append(changes, change)
		if !told[address] {
			told[address] = true
			configured = append(configured, object{"address": address, "mode": "managed", "type": r.Type, "name": r.Name, "provider_config_key": r.Provider.Name, "expressions": says})
		}
	}
	if len(changes) == 0 {
		return nil, false, nil
	}
	plan, err = json.MarshalIndent(object{"format_version": "1.2", "terraform_version": "1.9.5", "resource_changes": changes,
		"configuration": object{"provider_config": providers(resources),
			"root_module": object{"resources": configured}}}, "", " ")
	if err != nil {
		return nil, false, fmt.Errorf("writing a plan: %w", err)
	}
	return plan, true, nil
}

func index(key string) (any, error) {
	if name, err := strconv.Unquote(key); err == nil {
		return name, nil
	}
	n, err := strconv.Atoi(key)
	if err != nil {
		return nil, fmt.Errorf("writing a plan: instance %s: %w", key, err)
	}
	return n, nil
}

// providers are the configurations that resources name, with their regions and the account that they are confined to.
func providers(resources []*resource.Resource) object {
	out := object{}
	for _, r := range resources {
		says := object{}
		if region, ok := r.Provider.Region.Data.(string); ok {
			says["region"] = object{"constant_value": region}
		}
		if r.Provider.Account != "" {
			says["allowed_account_ids"] = object{"constant_value": []any{r.Provider.Account}}
		}
		conf := object{"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": says}
		if _, alias, ok := strings.Cut(r.Provider.Name, "."); ok {
			conf["alias"] = alias
		}
		out[r.Provider.Name] = conf
	}
	return out
}

// writer writes what is known of a resource as a plan does; lacks tells of a value that no plan leaves open.
type writer struct {
	own   string // which instance of its block the resource is: [0]
	lacks bool
}

func (w *writer) block(b *resource.Block) (after, unknown, says object) {
	after, unknown, says = object{}, object{}, object{}
	w.lacks = w.lacks || b.Rest != nil
	for name, v := range b.Attrs {
		value, open, said := w.value(v)
		if list, ok := v.Data.(resource.List); ok && open == true && name == "values" {
			value, open = each(list)
		}
		if value != nil {
			after[name] = value
		}
		if open != nil {
			unknown[name] = open
		}
		if said != nil {
			says[name] = said
		}
	}
	return after, unknown, says
}

// value gives what a plan shows, what of it is unknown, and the expression of the configuration.
func (w *writer) value(v resource.Value) (after, unknown, says any) {
	switch d := v.Data.(type) {
	case nil:
		return nil, nil, nil
	case *resource.Block:
		after, unknown, says := w.block(d)
		return after, unknown, says
	case resource.List:
		w.lacks = w.lacks || d.Rest != nil
		return w.list(d.Items)
	case resource.Ref:
		return nil, true, w.references(d)
	case resource.Template:
		return nil, true, w.references(d.Refs...)
	case resource.Secret:
		w.lacks = w.lacks || d.Holds // the text around it is not kept
		return "hidden", nil, object{"constant_value": "hidden"}
	case resource.Unknown:
		w.lacks = w.lacks || len(d.Refs) == 0 || d.Else
		return nil, true, w.references(d.Refs...)
	}
	return v.Data, nil, object{"constant_value": v.Data}
}

// list is one of blocks, of which the configuration says each, or of values, of which it says the whole.
func (w *writer) list(items []resource.Value) (after, unknown, says any) {
	var values, open, blocks []any
	var refs []string
	unknownItems := false
	for _, item := range items {
		v, u, s := w.value(item)
		values, open = append(values, v), append(open, u)
		unknownItems = unknownItems || u == true
		if b, ok := item.Data.(*resource.Block); ok && b != nil {
			blocks = append(blocks, s)
		} else if o, ok := s.(object); ok {
			r, _ := o["references"].([]string)
			refs = append(refs, r...)
		}
	}
	switch {
	case len(blocks) > 0:
		return values, open, blocks
	case unknownItems:
		return nil, true, object{"references": refs}
	}
	return values, nil, object{"constant_value": values}
}

// each is a list of texts that the provider keeps in order, of which a plan knows each by itself; of sets it knows all or nothing.
func each(list resource.List) (after, unknown any) {
	var values, open []any
	for _, item := range list.Items {
		text, known := item.Data.(string)
		values, open = append(values, any(nil)), append(open, !known)
		if known {
			values[len(values)-1] = text
		}
	}
	return values, open
}

// references are as a plan lists them: the attribute, and the resource. The configuration says it once for all instances of a block.
func (w *writer) references(refs ...resource.Ref) object {
	var out []string
	for _, r := range refs {
		addr, each := strings.CutSuffix(r.Addr, w.own)
		if !each || w.own == "" {
			out = append(out, r.Addr+"."+r.Attr, r.Addr)
			continue
		}
		own := "count.index"
		if strings.Contains(w.own, `"`) {
			own = "each.key"
		}
		out = append(out, addr, own)
	}
	return object{"references": out}
}
