package aws

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// arn is that of a thing of this region and account, as its service builds it.
func (r *reader) arn(service, resource string) string {
	return "arn:" + partition(r.region) + ":" + service + ":" + r.region + ":" + r.account + ":" + resource
}

// ofARN gives the region and the account that an ARN names.
func ofARN(arn string) (region, account string) {
	if f := strings.SplitN(arn, ":", 6); len(f) == 6 && f[0] == "arn" {
		return f[3], f[4]
	}
	return "", ""
}

// typeOf is the service and the type of what an ARN names: "rds db".
func typeOf(arn string) string {
	f := strings.SplitN(arn, ":", 6)
	if len(f) < 6 {
		return ""
	}
	end := strings.IndexAny(f[5], ":/")
	if end < 0 {
		end = 0 // a name alone
	}
	return f[2] + " " + f[5][:end]
}

// seconds reads the seconds since 1970 that some services write as a text; nil for what is no number of them.
func seconds(s string) *time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return nil
	}
	t := time.Unix(n, 0)
	return &t
}

// milliseconds reads those since 1970.
func milliseconds(n *int64) *time.Time {
	if n == nil {
		return nil
	}
	t := time.UnixMilli(*n)
	return &t
}

// arnOr is an ARN that the API may tell.
func (r *reader) arnOr(told *string, service, name string) string {
	return cmp.Or(value(told), r.arn(service, name))
}
