package databasetest

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // what mysql_native_password is made of
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"testing"
)

const clientSSL = 1 << 11 // a capability

// MySQLFront stands before a server of MariaDB or MySQL. It makes a client send its password in clear, as the plugin of RDS does.
func (s *Server) MySQLFront(t *testing.T, judge Judge) *Front {
	t.Helper()
	return s.doorway(t, func(client, server net.Conn, how *tls.Config) {
		greeting, err := packet(server)
		if err != nil || send(client, 0, greeting) != nil {
			return
		}
		if ask, err := packet(client); err != nil || len(ask) != 32 || binary.LittleEndian.Uint32(ask)&clientSSL == 0 {
			return
		}
		inside := tls.Server(client, how)
		answer, err := packet(inside)
		if err != nil || send(inside, 3, []byte("\xfemysql_clear_password\x00")) != nil {
			return
		}
		password, err := packet(inside)
		if err != nil {
			return
		}
		user, _, _ := bytes.Cut(answer[32:], []byte{0})
		if !judge(portOf(client), string(user), string(bytes.TrimRight(password, "\x00"))) {
			_ = send(inside, 5, []byte("\xff\x15\x04#28000Access denied")) // 1045
			return
		}
		said, err := login(server, greeting, answer)
		if err == nil && send(inside, 5, said) == nil {
			join(inside, inside, server, server)
		}
	})
}

// packet reads one, without its head.
func packet(r io.Reader) ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	body := make([]byte, int(head[0])|int(head[1])<<8|int(head[2])<<16)
	_, err := io.ReadFull(r, body)
	return body, err
}

func send(w io.Writer, number byte, body []byte) error {
	_, err := w.Write(append([]byte{byte(len(body)), byte(len(body) >> 8), byte(len(body) >> 16), number}, body...))
	return err
}

// login says to the server what the client said, but for TLS and with the password that the server knows.
func login(server net.Conn, greeting, answer []byte) ([]byte, error) {
	out := bytes.Clone(answer[:32])
	binary.LittleEndian.PutUint32(out, binary.LittleEndian.Uint32(out)&^clientSSL)
	user, rest, _ := bytes.Cut(answer[32:], []byte{0})
	out = append(append(out, user...), 0, sha1.Size)
	out = append(append(out, scramble(salt(greeting))...), rest[1+int(rest[0]):]...)
	if err := send(server, 1, out); err != nil {
		return nil, err
	}
	return packet(server)
}

// salt is in two parts of a greeting: 8 bytes behind version and thread, and 12 behind 19 bytes on capabilities.
func salt(greeting []byte) []byte {
	at := 1 + bytes.IndexByte(greeting[1:], 0) + 1 + 4
	return append(bytes.Clone(greeting[at:at+8]), greeting[at+8+19:at+8+19+12]...)
}

// scramble is mysql_native_password.
func scramble(salt []byte) []byte {
	once := sha1.Sum([]byte(Password))                       //nolint:gosec // see above
	twice := sha1.Sum(once[:])                               //nolint:gosec // see above
	with := sha1.Sum(append(bytes.Clone(salt), twice[:]...)) //nolint:gosec // see above
	for i := range with {
		with[i] ^= once[i]
	}
	return with[:]
}
