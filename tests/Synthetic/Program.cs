Console.WriteLine("synthetic");
