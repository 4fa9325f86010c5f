/*
 * A plugin for mptcpd that does what minimal_pm does: for each connection of this side that becomes established, one subflow from
 * a second local address to the remote address and port of the connection. The plugins that come with mptcpd announce addresses
 * but make no subflow when the connection is established. The address is in the environment: SECOND_ADDRESS (IPv4).
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <mptcpd/path_manager.h>
#include <mptcpd/plugin.h>

enum { LOCAL_ID = 1, REMOTE_ID = 0 };

static struct sockaddr_in second = {.sin_family = AF_INET};

static void join_second_path(mptcpd_token_t token, struct sockaddr const *local, struct sockaddr const *remote,
                             bool server_side, struct mptcpd_pm *pm)
{
    (void)local;
    if (!server_side)
        mptcpd_pm_add_subflow(pm, token, LOCAL_ID, REMOTE_ID, (struct sockaddr const *)&second, remote, false);
}

static struct mptcpd_plugin_ops const operations = {.connection_established = join_second_path};

static int start(struct mptcpd_pm *pm)
{
    char const *address = getenv("SECOND_ADDRESS");
    (void)pm;
    if (!address || inet_pton(AF_INET, address, &second.sin_addr) != 1) {
        fputs("second_path: SECOND_ADDRESS is not set to an IPv4 address\n", stderr);
        return -1;
    }
    if (!mptcpd_plugin_register_ops("second_path", &operations))
        return -1;
    fputs("second_path ready\n", stderr);
    return 0;
}

static void stop(struct mptcpd_pm *pm)
{
    (void)pm;
}

MPTCPD_PLUGIN_DEFINE(second_path, "Joins a second local address to each connection", MPTCPD_PLUGIN_PRIORITY_DEFAULT, start, stop)
