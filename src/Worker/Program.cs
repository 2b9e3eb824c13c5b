Console.WriteLine("leads");
