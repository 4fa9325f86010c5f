/* Blocks of data over one Multipath TCP connection, sent at a steady pace and checked at the other end.
 *
 *   blocks receive PORT BYTES                   takes one connection; prints "listening", "block N NS" whenever N blocks of
 *                                               BYTES are complete, and at the end "received BYTES wrong BYTES"
 *   blocks send ADDRESS PORT BYTES PERIOD_US    prints "start NS", writes a block each PERIOD_US microseconds from then on (0:
 *                                               without a pause) until SIGTERM, prints "sent BYTES" and waits for the receiver
 *
 * A byte is wrong unless it is what its place in the stream asks for. NS is CLOCK_MONOTONIC, so that the lines of both ends
 * can be compared. A block that is late doesn't shift the ones that follow.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MPTCP = 262, CHUNK = 65536 };

static volatile sig_atomic_t ending;

static void end(int signal)
{
    (void)signal;
    ending = 1;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static long long now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Differs between places that are close, and between places that are a power of two apart. */
static unsigned char byte_at(unsigned long long place)
{
    return (unsigned char)(place % 251);
}

static struct sockaddr_in address(const char *ip, const char *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    if (inet_pton(AF_INET, ip, &at.sin_addr) != 1)
        die(ip);
    return at;
}

static int opened(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, MPTCP);
    if (fd < 0)
        die("socket");
    return fd;
}

static int accepted(const char *port)
{
    struct sockaddr_in at = address("0.0.0.0", port);
    int one = 1, door = opened();
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(door, (struct sockaddr *)&at, sizeof at) < 0 || listen(door, 8) < 0)
        die("listen");
    puts("listening");
    int fd = accept(door, NULL, NULL);
    if (fd < 0)
        die("accept");
    return fd; /* the door stays open: joins come to it */
}

static int receive(const char *port, long long block_bytes)
{
    static unsigned char chunk[CHUNK];
    int fd = accepted(port);
    long long received = 0, wrong = 0;
    ssize_t length;
    while ((length = recv(fd, chunk, sizeof chunk, 0)) > 0) {
        for (ssize_t i = 0; i < length; i++)
            wrong += chunk[i] != byte_at(received + i);
        long long before = received / block_bytes;
        received += length;
        if (received / block_bytes > before)
            printf("block %lld %lld\n", received / block_bytes, now_ns());
    }
    if (length < 0)
        perror("recv");
    printf("received %lld wrong %lld\n", received, wrong);
    return length < 0;
}

static void wait_until(long long due_ns)
{
    struct timespec due = {.tv_sec = due_ns / 1000000000LL, .tv_nsec = due_ns % 1000000000LL};
    while (!ending && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
        ;
}

/* Returns how many bytes went in before the end was asked for. */
static long long write_block(int fd, long long place, long long bytes)
{
    static unsigned char chunk[CHUNK];
    long long written = 0;
    while (written < bytes && !ending) {
        ssize_t length = bytes - written < CHUNK ? bytes - written : CHUNK;
        for (ssize_t i = 0; i < length; i++)
            chunk[i] = byte_at(place + written + i);
        ssize_t taken = send(fd, chunk, length, MSG_NOSIGNAL);
        if (taken < 0 && errno != EINTR)
            die("send");
        if (taken > 0)
            written += taken;
    }
    return written;
}

static int send_blocks(struct sockaddr_in at, long long block_bytes, long long period_us)
{
    char rest[64];
    int fd = opened();
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = end}, NULL);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) < 0)
        die("connect");
    long long sent = 0, start = now_ns();
    printf("start %lld\n", start);
    for (long long block = 0; !ending; block++) {
        wait_until(start + block * period_us * 1000);
        sent += write_block(fd, sent, block_bytes);
    }
    printf("sent %lld\n", sent);
    shutdown(fd, SHUT_WR);
    while (recv(fd, rest, sizeof rest, 0) > 0)
        ;
    return 0;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc == 4 && !strcmp(argv[1], "receive"))
        return receive(argv[2], atoll(argv[3]));
    if (argc == 6 && !strcmp(argv[1], "send"))
        return send_blocks(address(argv[2], argv[3]), atoll(argv[4]), atoll(argv[5]));
    fprintf(stderr, "usage: blocks receive PORT BYTES | blocks send ADDRESS PORT BYTES PERIOD_US\n");
    return 2;
}
