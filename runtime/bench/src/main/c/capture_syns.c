/*
 * Writes every IPv4 TCP packet with SYN that passes the devices of its network namespace to standard output, as a pcap stream
 * with time stamps in ns, until it is killed. The kernel stamps a packet where it is handed to or comes from the device and puts
 * it into a ring that this program shares; it is woken for a block of packets, at most twice a second, and so takes no processor
 * from what is measured. (tcpdump would do but for its change of user, which fails in a user namespace.)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum { BLOCK_BYTES = 1 << 16, BLOCKS = 16, BLOCK_LIMIT_MS = 500, SNAP_BYTES = 160, LINK_RAW_IP = 101 };

/* Offsets from the IP header: version 4, protocol TCP, no later fragment, SYN set. */
static struct sock_filter only_syns[] = {
    BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
    BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x40, 0, 8),
    BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 6, 0, 6),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1fff, 4, 0),
    BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
    BPF_STMT(BPF_LD | BPF_B | BPF_IND, 13),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x02, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SNAP_BYTES),
    BPF_STMT(BPF_RET | BPF_K, 0),
};

struct pcap_file {
    uint32_t magic;
    uint16_t major, minor;
    uint32_t zone, accuracy, snap, link;
};

struct pcap_packet {
    uint32_t seconds, nanoseconds, captured, length;
};

static void fail(const char *what)
{
    fprintf(stderr, "capture_syns: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint8_t *open_ring(int fd)
{
    int version = TPACKET_V3;
    struct sock_fprog filter = {.len = sizeof only_syns / sizeof *only_syns, .filter = only_syns};
    struct tpacket_req3 ring = {
        .tp_block_size = BLOCK_BYTES,
        .tp_block_nr = BLOCKS,
        .tp_frame_size = 1 << 11,
        .tp_frame_nr = BLOCKS * (BLOCK_BYTES >> 11),
        .tp_retire_blk_tov = BLOCK_LIMIT_MS,
    };
    struct sockaddr_ll all = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};

    if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) < 0)
        fail("cannot set the filter");
    if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0 ||
        setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring) < 0)
        fail("cannot make the ring");
    uint8_t *memory = mmap(NULL, BLOCK_BYTES * BLOCKS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
        fail("cannot map the ring");
    if (bind(fd, (struct sockaddr *)&all, sizeof all) < 0)
        fail("cannot start");
    return memory;
}

static void write_block(const struct tpacket_block_desc *block)
{
    const uint8_t *at = (const uint8_t *)block + block->hdr.bh1.offset_to_first_pkt;
    for (uint32_t i = 0; i < block->hdr.bh1.num_pkts; i++) {
        const struct tpacket3_hdr *packet = (const struct tpacket3_hdr *)at;
        struct pcap_packet header = {packet->tp_sec, packet->tp_nsec, packet->tp_snaplen, packet->tp_len};
        fwrite(&header, sizeof header, 1, stdout);
        fwrite(at + packet->tp_net, packet->tp_snaplen, 1, stdout);
        at += packet->tp_next_offset;
    }
    if (fflush(stdout) != 0)
        fail("cannot write");
}

int main(void)
{
    struct pcap_file header = {0xa1b23c4d, 2, 4, 0, 0, SNAP_BYTES, LINK_RAW_IP};
    /* Protocol 0: nothing arrives before the filter is set and bind() names the protocol. */
    int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("cannot open a packet socket");
    uint8_t *ring = open_ring(fd);
    struct pollfd readable = {.fd = fd, .events = POLLIN};

    fwrite(&header, sizeof header, 1, stdout);
    fflush(stdout);
    for (int i = 0;; i = (i + 1) % BLOCKS) {
        struct tpacket_block_desc *block = (struct tpacket_block_desc *)(ring + (size_t)i * BLOCK_BYTES);
        while (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
            if (poll(&readable, 1, -1) < 0 && errno != EINTR)
                fail("cannot wait");
        write_block(block);
        __atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    }
}
