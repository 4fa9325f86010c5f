/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * Tells of each expiry of a retransmission timer of a Multipath TCP subflow, in one network namespace. Two ways:
 *
 * sock_ops: TCP calls such programs of a socket's cgroup when a timer expires, for sockets that asked for it. new_sockets() asks
 * for each socket that connects, listens or becomes established, old_sockets() for those that exist already.
 *
 * Tracepoint: loss_state() sees each socket that takes everything under way for lost, which TCP does when a timer expires and
 * there is another try. It needs no cgroup and no socket's consent.
 *
 * Structures of the kernel are declared with the members that are used; the loader finds their true places (CO-RE).
 */
#include <linux/bpf.h>

/* What libbpf's headers would declare, so that the kernel's own are enough to build this. */
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, value) int(*name)[value]
#define __type(name, value) typeof(value) *name
#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#define KERNEL __attribute__((preserve_access_index))

#define AF_INET 2
#define SOL_TCP 6
#define TCP_BPF_SOCK_OPS_CB_FLAGS 1008 /* Linux 6.12 */
#define TCP_SYN_SENT 2
#define TCP_SYN_RECV 3
#define TCP_CA_Loss 4

struct net {
	__u64 net_cookie;
} KERNEL;

typedef struct {
	struct net *net;
} KERNEL possible_net_t;

struct in6_addr {
	union {
		__u32 u6_addr32[4];
	} in6_u;
} KERNEL;

struct sock_common {
	__u32 skc_daddr;
	__u32 skc_rcv_saddr;
	__u16 skc_dport;
	__u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
} KERNEL;

struct sock {
	struct sock_common __sk_common;
} KERNEL;

struct inet_sock {
	struct sock sk;
} KERNEL;

struct inet_connection_sock {
	struct inet_sock icsk_inet;
	__u32 icsk_rto;
	__u8 icsk_retransmits;
	__u8 icsk_pending;
	void *icsk_ulp_data;
} KERNEL;

struct tcp_sock {
	struct inet_connection_sock inet_conn;
	__u32 snd_wnd;
	_Bool is_mptcp;
} KERNEL;

/* What icsk_ulp_data of a subflow points to. */
struct mptcp_subflow_context {
	struct mptcp_sock *conn;
} KERNEL;

struct mptcp_sock {
	__u32 token;
} KERNEL;

struct bpf_iter__tcp {
	union {
		struct sock_common *sk_common;
	};
} KERNEL;

/* The members of struct bpf_sock_ops that are used: their places never change, and the rest grows with the kernel. */
struct sock_ops {
	__u32 op;
	__u32 args[4];
	__u32 unused[16];
	__u32 cb_flags;
	__u32 more_unused[24];
	void *sk;
};

static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)BPF_FUNC_map_lookup_elem;
static __u64 (*bpf_ktime_get_ns)(void) = (void *)BPF_FUNC_ktime_get_ns;
static long (*bpf_setsockopt)(void *sk, int level, int name, void *value, int size) = (void *)BPF_FUNC_setsockopt;
static long (*bpf_getsockopt)(void *sk, int level, int name, void *value, int size) = (void *)BPF_FUNC_getsockopt;
static long (*bpf_sock_ops_cb_flags_set)(struct sock_ops *ops, int flags) = (void *)BPF_FUNC_sock_ops_cb_flags_set;
static __u64 (*bpf_get_netns_cookie)(void *ctx) = (void *)BPF_FUNC_get_netns_cookie;
static long (*bpf_probe_read_kernel)(void *to, __u32 size, const void *from) = (void *)BPF_FUNC_probe_read_kernel;
static void *(*bpf_ringbuf_reserve)(void *ring, __u64 size, __u64 flags) = (void *)BPF_FUNC_ringbuf_reserve;
static void (*bpf_ringbuf_submit)(void *data, __u64 flags) = (void *)BPF_FUNC_ringbuf_submit;
static struct tcp_sock *(*bpf_skc_to_tcp_sock)(void *sk) = (void *)BPF_FUNC_skc_to_tcp_sock;
static struct mptcp_sock *(*bpf_skc_to_mptcp_sock)(void *sk) = (void *)BPF_FUNC_skc_to_mptcp_sock;

/* What is told of one expiry: read by TimeoutRecord.java. */
struct expiry {
	__u64 ktime_ns; /* CLOCK_MONOTONIC */
	__u32 token;
	__u32 rto; /* that expired, in jiffies */
	__u32 retransmits; /* earlier expiries in a row */
	__u16 family;
	__u16 giving_up;
	__u32 local[4]; /* network byte order; IPv4 in the first */
	__u32 remote[4];
	__u16 local_port; /* host byte order */
	__u16 remote_port; /* network byte order */
	__u32 unused;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} managed SEC(".maps"); /* the cookie of the managed network namespace */

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} expiries SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} dropped SEC(".maps"); /* how many did not fit into the ring */

static __always_inline void count_dropped(void)
{
	__u32 zero = 0;
	__u64 *count = bpf_map_lookup_elem(&dropped, &zero);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline int is_managed(__u64 netns_cookie)
{
	__u32 zero = 0;
	__u64 *cookie = bpf_map_lookup_elem(&managed, &zero);

	return cookie && *cookie == netns_cookie;
}

static __always_inline void tell(struct tcp_sock *tcp, __u32 token, __u32 retransmits, __u32 rto, __u16 giving_up)
{
	struct sock_common *ends = &tcp->inet_conn.icsk_inet.sk.__sk_common;
	struct expiry *e = bpf_ringbuf_reserve(&expiries, sizeof(*e), 0);

	if (!e) {
		count_dropped();
		return;
	}
	e->ktime_ns = bpf_ktime_get_ns();
	e->token = token;
	e->rto = rto;
	e->retransmits = retransmits;
	e->giving_up = giving_up;
	e->family = ends->skc_family;
	e->local_port = ends->skc_num;
	e->remote_port = ends->skc_dport;
	e->unused = 0;
	if (e->family == AF_INET) {
		e->local[0] = ends->skc_rcv_saddr;
		e->remote[0] = ends->skc_daddr;
		e->local[1] = e->local[2] = e->local[3] = 0;
		e->remote[1] = e->remote[2] = e->remote[3] = 0;
	} else {
		e->local[0] = ends->skc_v6_rcv_saddr.in6_u.u6_addr32[0];
		e->local[1] = ends->skc_v6_rcv_saddr.in6_u.u6_addr32[1];
		e->local[2] = ends->skc_v6_rcv_saddr.in6_u.u6_addr32[2];
		e->local[3] = ends->skc_v6_rcv_saddr.in6_u.u6_addr32[3];
		e->remote[0] = ends->skc_v6_daddr.in6_u.u6_addr32[0];
		e->remote[1] = ends->skc_v6_daddr.in6_u.u6_addr32[1];
		e->remote[2] = ends->skc_v6_daddr.in6_u.u6_addr32[2];
		e->remote[3] = ends->skc_v6_daddr.in6_u.u6_addr32[3];
	}
	bpf_ringbuf_submit(e, 0);
}

static __always_inline void tell_if_subflow(struct sock_ops *ops)
{
	void *sk = ops->sk;
	struct mptcp_sock *connection;
	struct tcp_sock *tcp;

	if (!sk)
		return;
	connection = bpf_skc_to_mptcp_sock(sk);
	if (!connection)
		return;
	tcp = bpf_skc_to_tcp_sock(sk);
	if (tcp)
		tell(tcp, connection->token, ops->args[0], ops->args[1], ops->args[2] != 0);
}

SEC("sockops")
int new_sockets(struct sock_ops *ops)
{
	if (!is_managed(bpf_get_netns_cookie(ops)))
		return 1;
	switch (ops->op) {
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
	case BPF_SOCK_OPS_TCP_LISTEN_CB:
		bpf_sock_ops_cb_flags_set(ops, ops->cb_flags | BPF_SOCK_OPS_RTO_CB_FLAG);
		break;
	case BPF_SOCK_OPS_RTO_CB:
		tell_if_subflow(ops);
		break;
	}
	return 1;
}

SEC("iter/tcp")
int old_sockets(struct bpf_iter__tcp *ctx)
{
	struct sock_common *sk = ctx->sk_common;
	struct tcp_sock *tcp;
	int flags = 0;

	if (!sk)
		return 0;
	tcp = bpf_skc_to_tcp_sock(sk);
	if (!tcp)
		return 0;
	if (bpf_getsockopt(tcp, SOL_TCP, TCP_BPF_SOCK_OPS_CB_FLAGS, &flags, sizeof(flags)))
		flags = 0;
	flags |= BPF_SOCK_OPS_RTO_CB_FLAG;
	bpf_setsockopt(tcp, SOL_TCP, TCP_BPF_SOCK_OPS_CB_FLAGS, &flags, sizeof(flags));
	return 0;
}

/* The arguments of the tracepoint are a socket and its next state. */
SEC("tp_btf/tcp_cong_state_set")
int loss_state(__u64 *args)
{
	struct sock *sk = (struct sock *)args[0];
	struct mptcp_subflow_context *subflow;
	struct mptcp_sock *connection = 0;
	struct tcp_sock *tcp;
	unsigned char state;
	__u32 token = 0;

	if ((__u8)args[1] != TCP_CA_Loss || !is_managed(sk->__sk_common.skc_net.net->net_cookie))
		return 0;
	tcp = bpf_skc_to_tcp_sock(sk);
	if (!tcp || !tcp->is_mptcp || tcp->inet_conn.icsk_pending) /* a path got narrower: its timer runs on */
		return 0;
	state = sk->__sk_common.skc_state;
	if (!tcp->snd_wnd && state != TCP_SYN_SENT && state != TCP_SYN_RECV) /* the peer's window is closed: a probe */
		return 0;
	subflow = tcp->inet_conn.icsk_ulp_data; /* bpf_skc_to_mptcp_sock() is not for tracepoints */
	bpf_probe_read_kernel(&connection, sizeof(connection), &subflow->conn);
	bpf_probe_read_kernel(&token, sizeof(token), &connection->token);
	if (token)
		tell(tcp, token, tcp->inet_conn.icsk_retransmits, tcp->inet_conn.icsk_rto, 0);
	return 0;
}

/* The kernel lets only programs that may be used under the GPL look into its structures. */
char LICENSE[] SEC("license") = "Dual BSD/GPL";
