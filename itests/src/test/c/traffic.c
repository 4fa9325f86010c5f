/* Traffic for the recovery tests, over Multipath TCP.
 *
 *   traffic serve PORT                 echoes what comes, until it is killed
 *   traffic keep ADDRESS PORT N        opens N connections and keeps 64 bytes going round on each of them, ten times a second;
 *                                      after each line on standard input, and each second, prints
 *                                      "open=N bytes=N errors=N"
 *   traffic short ADDRESS PORT N       N connections one after the other: 64 bytes there and back, then closed
 *   traffic last ADDRESS PORT          64 bytes there and back, prints "ready", and after SIGUSR1 sends 64 bytes more and says that
 *                                      they are the last; status 0 if they come back
 *   traffic late PORT                  prints "asked" when something has come, and echoes it after SIGUSR1
 *   traffic react ADDRESS PORT N MS    the same, one every MS milliseconds, each kept until the kernel was told to open a second
 *                                      subflow; prints "us=N" for each: microseconds from before connect() until then
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MPTCP = 262, CHUNK = 64, EVENTS = 256, MPTCP_INFO = 1, GIVE_UP_US = 10000000 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static struct sockaddr_in address(const char *ip, const char *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    if (inet_pton(AF_INET, ip, &at.sin_addr) != 1)
        die(ip);
    return at;
}

static int connected(struct sockaddr_in at)
{
    int fd = socket(AF_INET, SOCK_STREAM, MPTCP);
    if (fd < 0)
        die("socket");
    if (connect(fd, (struct sockaddr *)&at, sizeof at) < 0)
        die("connect");
    return fd;
}

static int listening(const char *port)
{
    struct sockaddr_in at = address("0.0.0.0", port);
    int one = 1, door = socket(AF_INET, SOCK_STREAM, MPTCP);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(door, (struct sockaddr *)&at, sizeof at) < 0 || listen(door, 4096) < 0)
        die("listen");
    puts("ready");
    fflush(stdout);
    return door;
}

static void serve(const char *port)
{
    static char buffer[65536];
    int door = listening(port), epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, events[EVENTS];
    epoll_ctl(epoll, EPOLL_CTL_ADD, door, &event);
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == door) {
                event.data.fd = accept(door, NULL, NULL);
                if (event.data.fd >= 0)
                    epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
                continue;
            }
            ssize_t length = read(fd, buffer, sizeof buffer);
            if (length <= 0 || write(fd, buffer, length) != length)
                close(fd);
        }
    }
}

static void keep(struct sockaddr_in at, int count)
{
    static char chunk[CHUNK], buffer[4096];
    struct pollfd *all = calloc(count + 1, sizeof *all);
    long long bytes = 0, errors = 0;
    for (int i = 0; i < count; i++) {
        all[i].fd = connected(at);
        all[i].events = POLLIN;
        if (write(all[i].fd, chunk, CHUNK) != CHUNK)
            errors++;
    }
    int open = count;
    for (int round = 0;; round++) {
        for (int i = 0; i < count; i++) {
            if (all[i].fd < 0)
                continue;
            ssize_t length = recv(all[i].fd, buffer, sizeof buffer, MSG_DONTWAIT);
            if (length > 0) {
                bytes += length;
                if (send(all[i].fd, chunk, CHUNK, MSG_NOSIGNAL | MSG_DONTWAIT) != CHUNK)
                    errors++;
            } else if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
                errors++;
                open--;
                close(all[i].fd);
                all[i].fd = -1;
            }
        }
        if (round % 10 == 0) {
            printf("open=%d bytes=%lld errors=%lld\n", open, bytes, errors);
            fflush(stdout);
        }
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
}

static int shorts(struct sockaddr_in at, int count)
{
    static char chunk[CHUNK];
    int failed = 0;
    for (int i = 0; i < count; i++) {
        int fd = connected(at);
        if (write(fd, chunk, CHUNK) != CHUNK || read(fd, chunk, CHUNK) <= 0)
            failed++;
        close(fd);
    }
    printf("done=%d failed=%d\n", count, failed);
    return failed != 0;
}

static sigset_t signal_to_go(void)
{
    sigset_t go;
    sigemptyset(&go);
    sigaddset(&go, SIGUSR1);
    sigprocmask(SIG_BLOCK, &go, NULL);
    return go;
}

static int last(struct sockaddr_in at)
{
    static char chunk[CHUNK];
    sigset_t go = signal_to_go();
    int signal, fd = connected(at);
    if (write(fd, chunk, CHUNK) != CHUNK || read(fd, chunk, CHUNK) != CHUNK)
        die("echo");
    puts("ready");
    fflush(stdout);
    sigwait(&go, &signal);
    if (write(fd, chunk, CHUNK) != CHUNK || shutdown(fd, SHUT_WR) < 0 || read(fd, chunk, CHUNK) != CHUNK)
        die("the last echo");
    return 0;
}

static int late(const char *port)
{
    static char chunk[CHUNK];
    sigset_t go = signal_to_go();
    int signal, fd = accept(listening(port), NULL, NULL);
    if (fd < 0 || read(fd, chunk, CHUNK) != CHUNK)
        die("the request");
    puts("asked");
    fflush(stdout);
    sigwait(&go, &signal);
    if (write(fd, chunk, CHUNK) != CHUNK)
        die("the answer");
    return read(fd, chunk, CHUNK) != 0; /* until the client has it */
}

static long long now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

/* The kernel's own count of further subflows is the first byte of struct mptcp_info. */
static int has_second_subflow(int fd)
{
    unsigned char info[8];
    socklen_t length = sizeof info;
    return getsockopt(fd, SOL_MPTCP, MPTCP_INFO, info, &length) == 0 && info[0] > 0;
}

static int react(struct sockaddr_in at, int count, int pause_ms)
{
    static char chunk[CHUNK];
    int missing = 0;
    prctl(PR_SET_TIMERSLACK, 1);
    for (int i = 0; i < count; i++) {
        long long start = now_us();
        int fd = connected(at);
        if (write(fd, chunk, CHUNK) != CHUNK || read(fd, chunk, CHUNK) <= 0)
            die("echo");
        while (!has_second_subflow(fd) && now_us() - start < GIVE_UP_US)
            nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
        missing += !has_second_subflow(fd);
        printf("us=%lld\n", now_us() - start);
        fflush(stdout);
        close(fd);
        nanosleep(&(struct timespec){.tv_nsec = pause_ms * 1000000L}, NULL);
    }
    return missing != 0;
}

int main(int argc, char **argv)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (argc == 3 && !strcmp(argv[1], "serve"))
        serve(argv[2]);
    if (argc == 5 && !strcmp(argv[1], "keep"))
        keep(address(argv[2], argv[3]), atoi(argv[4]));
    if (argc == 5 && !strcmp(argv[1], "short"))
        return shorts(address(argv[2], argv[3]), atoi(argv[4]));
    if (argc == 4 && !strcmp(argv[1], "last"))
        return last(address(argv[2], argv[3]));
    if (argc == 3 && !strcmp(argv[1], "late"))
        return late(argv[2]);
    if (argc == 6 && !strcmp(argv[1], "react"))
        return react(address(argv[2], argv[3]), atoi(argv[4]), atoi(argv[5]));
    fprintf(stderr, "usage: traffic serve PORT | keep ADDRESS PORT N | short ADDRESS PORT N | last ADDRESS PORT |"
                    " late PORT | react ADDRESS PORT N MS\n");
    return 2;
}
