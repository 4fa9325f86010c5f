/*
 * The least path manager there can be, as the yardstick for others: for each connection of this side that becomes
 * established, one SUBFLOW_CREATE from a second local address to the remote address and port of the connection.
 * Blocking receive, a prepared request of which only token, remote address and port change, no acknowledgement asked for,
 * no allocation, no output after "ready".
 *
 *   minimal_pm LOCAL-ADDRESS LOCAL-ID        (IPv4; runs in the network namespace that it is started in)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/mptcp.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FLAG_SERVER_SIDE = 2, ATTR_FLAGS = 13, ATTR_SERVER_SIDE = 18, EVENT_BUFFER_BYTES = 4 << 20 };

static void fail(const char *what)
{
    fprintf(stderr, "minimal_pm: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int open_netlink(void)
{
    struct sockaddr_nl local = {.nl_family = AF_NETLINK};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
    if (fd < 0 || bind(fd, (struct sockaddr *)&local, sizeof local) < 0)
        fail("cannot open a netlink socket");
    return fd;
}

/* A request under construction; attributes are appended in host order and padded to 4 bytes. */
struct request {
    union {
        struct nlmsghdr header;
        uint8_t bytes[256];
    };
};

static void start(struct request *r, uint16_t family, uint8_t command)
{
    struct genlmsghdr *genl = (struct genlmsghdr *)(r->bytes + NLMSG_HDRLEN);
    memset(r, 0, sizeof *r);
    r->header.nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN;
    r->header.nlmsg_type = family;
    r->header.nlmsg_flags = NLM_F_REQUEST;
    genl->cmd = command;
    genl->version = 1;
}

/* Returns where the attribute's value lies, for later changes. */
static void *append(struct request *r, uint16_t type, const void *value, uint16_t length)
{
    struct nlattr *attribute = (struct nlattr *)(r->bytes + r->header.nlmsg_len);
    attribute->nla_type = type;
    attribute->nla_len = NLA_HDRLEN + length;
    if (length > 0)
        memcpy(attribute + 1, value, length);
    r->header.nlmsg_len += NLA_ALIGN(attribute->nla_len);
    return attribute + 1;
}

static struct nlattr *open_nest(struct request *r, uint16_t type)
{
    return (struct nlattr *)append(r, NLA_F_NESTED | type, NULL, 0) - 1;
}

static void close_nest(struct request *r, struct nlattr *nest)
{
    nest->nla_len = (uint16_t)(r->bytes + r->header.nlmsg_len - (uint8_t *)nest);
}

/* Fills table[type] with the attributes between from and end; types of max and above are skipped. */
static void index_attributes(const uint8_t *from, const uint8_t *end, const struct nlattr **table, int max)
{
    memset(table, 0, sizeof *table * (size_t)max);
    while (from + NLA_HDRLEN <= end) {
        const struct nlattr *attribute = (const struct nlattr *)from;
        int type = attribute->nla_type & NLA_TYPE_MASK;
        if (attribute->nla_len < NLA_HDRLEN || from + attribute->nla_len > end)
            return;
        if (type < max)
            table[type] = attribute;
        from += NLA_ALIGN(attribute->nla_len);
    }
}

static const uint8_t *end_of(const struct nlattr *attribute)
{
    return (const uint8_t *)attribute + attribute->nla_len;
}

/* Asks the generic netlink controller for the family's id and the id of its event group. */
static void resolve(int fd, uint16_t *family, uint32_t *group)
{
    struct request r;
    uint8_t reply[8192] __attribute__((aligned(4)));
    const struct nlattr *top[CTRL_ATTR_MAX + 1], *entry[CTRL_ATTR_MCAST_GRP_MAX + 1];

    start(&r, GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
    append(&r, CTRL_ATTR_FAMILY_NAME, MPTCP_PM_NAME, sizeof MPTCP_PM_NAME);
    if (send(fd, &r, r.header.nlmsg_len, 0) < 0)
        fail("cannot ask for the netlink family");
    ssize_t length = recv(fd, reply, sizeof reply, 0);
    if (length < 0)
        fail("no answer about the netlink family");
    index_attributes(reply + NLMSG_HDRLEN + GENL_HDRLEN, reply + length, top, CTRL_ATTR_MAX + 1);
    if (((struct nlmsghdr *)reply)->nlmsg_type != GENL_ID_CTRL || !top[CTRL_ATTR_FAMILY_ID] || !top[CTRL_ATTR_MCAST_GROUPS]) {
        errno = ENOENT;
        fail("this kernel has no netlink family " MPTCP_PM_NAME);
    }
    *family = *(const uint16_t *)(top[CTRL_ATTR_FAMILY_ID] + 1);
    *group = 0;
    const struct nlattr *groups = top[CTRL_ATTR_MCAST_GROUPS];
    for (const uint8_t *at = (const uint8_t *)(groups + 1); at < end_of(groups); at += NLA_ALIGN(((const struct nlattr *)at)->nla_len)) {
        index_attributes(at + NLA_HDRLEN, end_of((const struct nlattr *)at), entry, CTRL_ATTR_MCAST_GRP_MAX + 1);
        if (!strcmp((const char *)(entry[CTRL_ATTR_MCAST_GRP_NAME] + 1), MPTCP_PM_EV_GRP_NAME))
            *group = *(const uint32_t *)(entry[CTRL_ATTR_MCAST_GRP_ID] + 1);
    }
}

static int is_server_side(const struct nlattr **attributes)
{
    return (attributes[ATTR_SERVER_SIDE] && *(const uint8_t *)(attributes[ATTR_SERVER_SIDE] + 1)) ||
           (attributes[ATTR_FLAGS] && (*(const uint16_t *)(attributes[ATTR_FLAGS] + 1) & FLAG_SERVER_SIDE));
}

int main(int argc, char **argv)
{
    struct in_addr local;
    if (argc != 3 || inet_pton(AF_INET, argv[1], &local) != 1) {
        fprintf(stderr, "usage: minimal_pm LOCAL-ADDRESS LOCAL-ID\n");
        return 2;
    }
    uint8_t id = (uint8_t)atoi(argv[2]);
    uint16_t family, ipv4 = AF_INET, port = 0;
    uint32_t group, zero = 0, flags = MPTCP_PM_ADDR_FLAG_SUBFLOW;
    int events = open_netlink(), commands = open_netlink(), bytes = EVENT_BUFFER_BYTES;

    resolve(commands, &family, &group);
    setsockopt(events, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    if (setsockopt(events, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0)
        fail("cannot join the event group");

    struct request create;
    start(&create, family, MPTCP_PM_CMD_SUBFLOW_CREATE);
    struct nlattr *nest = open_nest(&create, MPTCP_PM_ATTR_ADDR);
    append(&create, MPTCP_PM_ADDR_ATTR_FAMILY, &ipv4, sizeof ipv4);
    append(&create, MPTCP_PM_ADDR_ATTR_ID, &id, sizeof id);
    append(&create, MPTCP_PM_ADDR_ATTR_ADDR4, &local, sizeof local);
    append(&create, MPTCP_PM_ADDR_ATTR_FLAGS, &flags, sizeof flags);
    close_nest(&create, nest);
    uint32_t *token = append(&create, MPTCP_PM_ATTR_TOKEN, &zero, sizeof zero);
    nest = open_nest(&create, MPTCP_PM_ATTR_ADDR_REMOTE);
    append(&create, MPTCP_PM_ADDR_ATTR_FAMILY, &ipv4, sizeof ipv4);
    uint32_t *remote = append(&create, MPTCP_PM_ADDR_ATTR_ADDR4, &zero, sizeof zero);
    uint16_t *remote_port = append(&create, MPTCP_PM_ADDR_ATTR_PORT, &port, sizeof port);
    close_nest(&create, nest);

    puts("ready");
    fflush(stdout);
    for (;;) {
        uint8_t event[1024] __attribute__((aligned(4)));
        const struct nlattr *a[ATTR_SERVER_SIDE + 1];
        ssize_t length = recv(events, event, sizeof event, 0);
        if (length < 0 && errno != EINTR)
            fail("cannot receive events");
        if (length < (ssize_t)(NLMSG_HDRLEN + GENL_HDRLEN) || event[NLMSG_HDRLEN] != MPTCP_EVENT_ESTABLISHED)
            continue;
        index_attributes(event + NLMSG_HDRLEN + GENL_HDRLEN, event + length, a, ATTR_SERVER_SIDE + 1);
        if (!a[MPTCP_ATTR_TOKEN] || !a[MPTCP_ATTR_DADDR4] || !a[MPTCP_ATTR_DPORT] || is_server_side(a))
            continue;
        *token = *(const uint32_t *)(a[MPTCP_ATTR_TOKEN] + 1);
        *remote = *(const uint32_t *)(a[MPTCP_ATTR_DADDR4] + 1);
        *remote_port = ntohs(*(const uint16_t *)(a[MPTCP_ATTR_DPORT] + 1));
        if (send(commands, &create, create.header.nlmsg_len, 0) < 0)
            fail("cannot create a subflow");
        /* Only refusals are answered; they are counted by whoever looks for the missing join. */
        while (recv(commands, event, sizeof event, MSG_DONTWAIT) > 0)
            ;
    }
}
