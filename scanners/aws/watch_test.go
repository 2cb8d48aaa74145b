package aws

import (
	"bytes"
	"context"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	smithy "github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

type bodyKey struct{}

// Watch shows a test each answer that a target's calls get, as it came and as the kit gives it on.
func (s *Scanner) Watch(ctx context.Context, target, account string, see func(called string, body []byte, out any)) error {
	t, err := ParseTarget(target)
	if err != nil {
		return err
	}
	for _, of := range []string{"", account} {
		ss, err := s.session(ctx, t, of)
		if err != nil {
			return err
		}
		ss.cfg.APIOptions = append(ss.cfg.APIOptions, func(stack *smithy.Stack) error { return watch(stack, see) })
	}
	return nil
}

func watch(stack *smithy.Stack, see func(string, []byte, any)) error {
	err := stack.Deserialize.Add(smithy.DeserializeMiddlewareFunc("KeepBody", func(ctx context.Context, in smithy.DeserializeInput, next smithy.DeserializeHandler) (smithy.DeserializeOutput, smithy.Metadata, error) {
		out, meta, err := next.HandleDeserialize(ctx, in)
		if r, ok := out.RawResponse.(*smithyhttp.Response); ok && err == nil {
			body, failed := io.ReadAll(r.Body)
			if failed != nil {
				return out, meta, failed
			}
			_ = r.Body.Close()
			r.Body = io.NopCloser(bytes.NewReader(body))
			*ctx.Value(bodyKey{}).(*[]byte) = body
		}
		return out, meta, err
	}), smithy.After)
	if err != nil {
		return err
	}
	return stack.Initialize.Add(smithy.InitializeMiddlewareFunc("ShowAnswer", func(ctx context.Context, in smithy.InitializeInput, next smithy.InitializeHandler) (smithy.InitializeOutput, smithy.Metadata, error) {
		var body []byte
		out, meta, err := next.HandleInitialize(context.WithValue(ctx, bodyKey{}, &body), in)
		if err == nil {
			see(middleware.GetServiceID(ctx)+"."+middleware.GetOperationName(ctx), body, out.Result)
		}
		return out, meta, err
	}), smithy.After)
}
