# Leads a port of the sandbox to the filter's Unix socket, where there is no socat. Arguments: port, socket.
use strict;
use IO::Socket::INET;
use IO::Socket::UNIX;
my ($port, $path) = @ARGV;
$SIG{CHLD} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1) or exit 1;
while (my $client = $server->accept) {
  next if fork;
  my $target = IO::Socket::UNIX->new(Peer => $path) or exit 1;
  my $up = fork;
  my ($from, $to) = $up ? ($target, $client) : ($client, $target);
  while (sysread($from, my $bytes, 16384)) {
    for (my $at = 0; $at < length $bytes;) { $at += syswrite($to, $bytes, length($bytes) - $at, $at) || exit }
  }
  shutdown($to, 1);
  exit;
}
