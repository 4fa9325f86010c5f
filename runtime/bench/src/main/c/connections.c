/*
 * Makes many Multipath TCP connections over the loopback device and keeps them: connections COUNT BYTES_EACH_500_MS SECONDS.
 * Each client sends so many bytes every 500 ms, spread over the time; 0 leaves the connections idle. Prints "ready" when all
 * are established.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

enum { PORT = 5001, ROUND_MS = 500, CHUNK = 65536 };

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static struct sockaddr_in loopback(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(PORT)};

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return at;
}

static int listener(void)
{
	struct sockaddr_in at = loopback();
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_MPTCP);

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 4096))
		die("listen");
	return fd;
}

/* Takes everybody in and throws away what they send. */
static void serve(int listening)
{
	static char chunk[CHUNK];
	struct epoll_event event = {.events = EPOLLIN, .data.fd = listening}, events[64];
	int polled = epoll_create1(0);

	epoll_ctl(polled, EPOLL_CTL_ADD, listening, &event);
	for (;;) {
		int count = epoll_wait(polled, events, 64, -1);

		for (int i = 0; i < count; i++) {
			int fd = events[i].data.fd;

			if (fd == listening) {
				event.data.fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
				if (event.data.fd >= 0)
					epoll_ctl(polled, EPOLL_CTL_ADD, event.data.fd, &event);
			} else if (recv(fd, chunk, CHUNK, 0) == 0) {
				close(fd);
			}
		}
	}
}

static int *connect_all(int count)
{
	struct sockaddr_in to = loopback();
	int *fds = calloc(count, sizeof(int));

	for (int i = 0; i < count; i++) {
		fds[i] = socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
		if (fds[i] < 0 || connect(fds[i], (struct sockaddr *)&to, sizeof(to)))
			die("connect");
		if (send(fds[i], "x", 1, 0) != 1) /* makes it fully established */
			die("send");
	}
	return fds;
}

static void keep_busy(const int *fds, int count, int bytes, int seconds)
{
	static char data[CHUNK];
	struct timespec step = {.tv_nsec = ROUND_MS * 1000000L / 10};

	for (int tick = 0; tick < seconds * 20; tick++) {
		for (int i = tick % 10; i < count; i += 10)
			if (send(fds[i], data, bytes, MSG_DONTWAIT) < 0 && errno != EAGAIN)
				die("send");
		nanosleep(&step, NULL);
	}
}

int main(int argc, char **argv)
{
	struct rlimit files = {20000, 20000};
	int count, bytes, seconds, listening, *fds;
	pid_t server;

	if (argc != 4)
		return 2;
	count = atoi(argv[1]);
	bytes = atoi(argv[2]);
	seconds = atoi(argv[3]);
	setrlimit(RLIMIT_NOFILE, &files);
	listening = listener();
	server = fork();
	if (server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(listening);
	}
	fds = connect_all(count);
	puts("ready");
	fflush(stdout);
	if (bytes > 0 && bytes <= CHUNK)
		keep_busy(fds, count, bytes, seconds);
	else
		sleep(seconds);
	kill(server, 9);
	waitpid(server, NULL, 0);
	return 0;
}
